package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.HealthConfig.Check;

/** From the results of probes to the health of a host. Envoy: "Health checking". Confined to one thread. */
final class ProbeCount {
    /** What came of a probe. */
    enum Result {
        GOOD,
        /** An answer that says the host is not well: no need to ask again. */
        BAD,
        /** No answer. */
        NONE
    }

    private final Check check;
    private boolean healthy;
    private boolean first = true;
    private int inARow;

    ProbeCount(Check check) {
        this.check = check;
    }

    boolean isHealthy() {
        return healthy;
    }

    /** Whether no probe has ended yet. */
    boolean isNew() {
        return first;
    }

    /** The very first success is enough, or a new host would have to wait. */
    void add(Result result) {
        boolean good = result == Result.GOOD;
        if (good == healthy) {
            inARow = 0;
        } else {
            inARow++;
            boolean enough = good
                    ? first || inARow >= check.healthyThreshold()
                    : result == Result.BAD || inARow >= check.unhealthyThreshold();
            if (enough) {
                healthy = good;
                inARow = 0;
            }
        }
        first = false;
    }
}
