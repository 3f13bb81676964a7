package io.signalbox.dataplane.http;

import io.netty.handler.codec.DateFormatter;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;

/** The {@code date} header, formatted once a second. Safe for use by any thread. */
public final class DateHeader {
    private record Formatted(long second, String value) {}

    private final Clock clock;
    private volatile Formatted last = new Formatted(Long.MIN_VALUE, "");

    public DateHeader(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    String value() {
        long millis = clock.millis();
        Formatted current = last;
        if (current.second != Math.floorDiv(millis, 1000L)) {
            current = new Formatted(Math.floorDiv(millis, 1000L), DateFormatter.format(new Date(millis)));
            last = current;
        }
        return current.value;
    }
}
