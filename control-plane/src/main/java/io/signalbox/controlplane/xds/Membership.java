package io.signalbox.controlplane.xds;

/** Whose requests an arm of a route gets, where a canary or an experiment divides them. */
public sealed interface Membership {
    How how();

    /** How a request came to its arm. */
    enum How {
        /** A cookie says so, whatever else there is. */
        FORCED,
        /** By a cookie that an earlier answer set. */
        KNOWN,
        /** There is no such cookie yet, the answer sets it. */
        NEW,
        /** Each request by chance. */
        REQUEST,
        /** By a cookie that another system hands out, or for want of it. */
        COOKIE,
        /** By a header that another system hands out, or for want of it. */
        HEADER
    }

    /** @param onCanary whether it goes to the canary pool, else to the stable one */
    record OfCanary(String canary, boolean onCanary, How how) implements Membership {}

    record OfExperiment(String experiment, String variant, How how) implements Membership {}
}
