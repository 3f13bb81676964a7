package io.signalbox.controlplane.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 1.5s}, {@code 10m}, {@code 1h}; to the millisecond. */
final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

    private Durations() {}

    static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no duration");
        }
        BigDecimal unit = BigDecimal.valueOf(
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                });
        return Duration.ofMillis(new BigDecimal(matcher.group(1)).multiply(unit).longValue());
    }

    /** Equal durations are written alike: in seconds, below one in milliseconds. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis > 0 && millis < 1_000) {
            return millis + "ms";
        }
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "s";
    }
}
