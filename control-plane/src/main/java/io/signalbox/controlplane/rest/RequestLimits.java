package io.signalbox.controlplane.rest;

/**
 * How often callers may ask.
 *
 * @param reads of each principal
 * @param writes of each principal: whatever is not a GET or HEAD
 * @param failures wrong tokens of each client address; above it only the wrong ones are turned away unseen
 */
public record RequestLimits(Rate reads, Rate writes, Rate failures) {
    public static final RequestLimits DEFAULT =
            new RequestLimits(new Rate(500, 2_000), new Rate(50, 200), new Rate(5, 50));

    /** As good as none, for trying and for tests. */
    public static final RequestLimits NONE = new RequestLimits(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED);

    /**
     * A token bucket.
     *
     * @param burst how many at once after a pause
     */
    public record Rate(int perSecond, int burst) {
        static final Rate UNLIMITED = new Rate(1_000_000, 1_000_000);

        public Rate {
            if (perSecond < 1 || burst < 1 || burst > 1_000_000 || perSecond > 1_000_000) {
                throw new IllegalArgumentException(
                        perSecond + " per second, burst " + burst + " (expected: each from 1 to 1000000)");
            }
        }
    }
}
