package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CanaryMetricsTextTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static String text(String metrics) throws Exception {
        StringWriter text = new StringWriter();
        CanaryMetricsText.print(new JsonMapper().readTree(metrics), NOON, new PrintWriter(text));
        return text.toString();
    }

    @Test
    void showsEachMetric() throws Exception {
        assertThat(text("""
                        [{"name": "p99", "verdict": "pass", "value": 0.3120000004, "thresholdRange": {"max": 0.5},
                          "outOfRange": 0, "asked": "2026-01-01T11:59:18.7Z"},
                         {"name": "checkouts", "verdict": "inconclusive", "value": 1.5e7,
                          "thresholdRange": {"min": 2.0, "max": 1e6}, "outOfRange": 1, "asked": "2026-01-01T12:00:01Z"},
                         {"name": "logins", "verdict": "inconclusive", "thresholdRange": {"min": 0.0}, "outOfRange": 0}]
                        """)).isEqualTo("""

                        METRIC     VALUE     EXPECTED      OUT OF IT   ASKED
                        p99        0.312     at most 0.5   0 in a row  41 s ago  pass
                        checkouts  15000000  2 to 1000000  1 in a row  0 s ago   inconclusive
                        logins     -         at least 0    0 in a row  not yet   inconclusive
                        """);
    }

    @Test
    void showsNothingOfNone() throws Exception {
        assertThat(text("[]")).isEmpty();
    }
}
