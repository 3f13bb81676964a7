package io.signalbox.controlplane.load;

/**
 * Requests of one variant of an experiment that were answered.
 *
 * @param errors those answered 500 to 599
 * @param latencies of those whose answer came whole from a server
 */
public record Exposures(long requests, long errors, Latencies latencies) {
    public static final Exposures NONE = new Exposures(0, 0, Latencies.NONE);

    public Exposures plus(Exposures other) {
        return new Exposures(requests + other.requests, errors + other.errors, latencies.plus(other.latencies));
    }
}
