package io.signalbox.dataplane.http;

import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.HttpConfig.RouteSource;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.dataplane.stats.Stats;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.RouteTable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one listener share.
 *
 * @param snapshot the config in force now; asked once for each request
 */
public record ServingContext(
        HttpConfig config,
        Supplier<Snapshot> snapshot,
        RandomValue random,
        DateHeader date,
        AccessLog log,
        Stats stats) {
    /** Null when its RDS has not come within the time for it: Envoy answers 404 then. */
    @Nullable
    RouteTable routes(Snapshot now) {
        if (config.routes() instanceof RouteSource.Inline inline) {
            return inline.table();
        }
        return now.routes().get(((RouteSource.Rds) config.routes()).name());
    }
}
