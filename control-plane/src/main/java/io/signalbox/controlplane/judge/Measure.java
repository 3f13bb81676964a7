package io.signalbox.controlplane.judge;

/**
 * What a rate is one of, in words.
 *
 * @param bad of which there must not be more: {@code errors}
 * @param badly what a request is that is one of them: {@code in error}
 * @param counted what there has to be enough of: {@code requests}
 */
public record Measure(String bad, String badly, String counted) {
    public static final Measure ERRORS = new Measure("errors", "in error", "requests");

    /** @param limit a duration in words */
    public static Measure slowerThan(String limit) {
        return new Measure("answers slower than " + limit, "slower than " + limit, "timed answers");
    }
}
