package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import java.util.function.Consumer;

/** Asks a host once whether it is well. */
interface Prober {
    /** @param result is called once, by any thread */
    void probe(Host host, Check check, Consumer<Result> result);
}
