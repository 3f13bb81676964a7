package io.signalbox.dataplane.tcp;

import io.signalbox.dataplane.config.TcpConfig;
import io.signalbox.dataplane.http.AccessLog;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.routing.RandomValue;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What all connections of one filter chain share.
 *
 * @param snapshot the config in force now; asked once for each connection
 */
public record TcpContext(
        TcpConfig config, Supplier<Snapshot> snapshot, RandomValue random, Clock clock, AccessLog log) {}
