package io.signalbox.local;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How an echo backend answers, settable while it runs, and what it counted. Any thread may call. */
final class EchoBehaviour {
    private static final int OK = 200;

    private record Failures(double rate, int status) {}

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong total = new AtomicLong();
    private volatile long delayNanos;
    private volatile Failures failures = new Failures(0, OK);

    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    void fail(double rate, int status) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a failure rate of " + rate + " (expected: 0 to 1)");
        }
        failures = new Failures(rate, status);
    }

    long delayNanos() {
        return delayNanos;
    }

    int inFlight() {
        return inFlight.get();
    }

    long total() {
        return total.get();
    }

    /** Counts a request in and chooses the status of its answer. */
    int received() {
        inFlight.incrementAndGet();
        long before = total.getAndIncrement();
        Failures current = failures;
        boolean fails = Math.floor((before + 1) * current.rate()) > Math.floor(before * current.rate());
        return fails ? current.status() : OK;
    }

    /** Counts a request out, answered or given up by the client. */
    void done() {
        inFlight.decrementAndGet();
    }
}
