package io.signalbox.controlplane.load;

/**
 * Requests that ended, as Envoy counts them; docs/load-reports.md says which ones it calls errors.
 *
 * @param requests all of them, errors among them. A request that was tried three times is three
 */
public record Counts(long requests, long errors) {
    public static final Counts ZERO = new Counts(0, 0);

    public Counts {
        if (errors < 0 || requests < errors) {
            throw new IllegalArgumentException(errors + " errors of " + requests + " requests");
        }
    }

    public Counts plus(Counts other) {
        return new Counts(requests + other.requests, errors + other.errors);
    }

    public boolean isZero() {
        return requests == 0;
    }
}
