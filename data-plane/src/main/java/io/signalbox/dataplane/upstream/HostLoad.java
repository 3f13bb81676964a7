package io.signalbox.dataplane.upstream;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a host was sent and how it ended, counted for load reports. Envoy: {@code rq_total}, {@code rq_active}, {@code
 * rq_success} and {@code rq_error} of a host. Event loops count, one thread takes.
 */
final class HostLoad {
    private final LongAdder issued = new LongAdder();
    private final LongAdder successes = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder inProgress = new LongAdder();

    /** A request, or a client's TCP connection, got a connection to the host. */
    void started() {
        issued.increment();
        inProgress.increment();
    }

    void ended() {
        inProgress.decrement();
    }

    void ended(boolean well) {
        (well ? successes : errors).increment();
    }

    /** What was counted since it was last taken. */
    ClusterLoad.Counts take() {
        return new ClusterLoad.Counts(
                issued.sumThenReset(), successes.sumThenReset(), errors.sumThenReset(), inProgress.sum());
    }
}
