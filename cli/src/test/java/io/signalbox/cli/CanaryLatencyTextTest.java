package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class CanaryLatencyTextTest {
    private static String text(String latency) throws Exception {
        StringWriter text = new StringWriter();
        CanaryLatencyText.print(new JsonMapper().readTree(latency), new PrintWriter(text));
        return text.toString();
    }

    @Test
    void showsBothPools() throws Exception {
        assertThat(text("""
                        {"stable": {"answers": 2190, "p50": 12.46, "p99": 180, "slow": 3, "slowRate": 0.137, "from": 0.0466, "to": 0.402},
                         "canary": {"answers": 0}}
                        """)).isEqualTo("""

                                TIMED ANSWERS  P50      P99       SLOW  SLOW RATE  PROBABLY
                        stable  2190           12.5 ms  180.0 ms  3     0.137 %    0.047 % to 0.402 %
                        canary  0              -        -         -     -          -
                        """);
    }

    @Test
    void showsNothingOfNothing() throws Exception {
        assertThat(text("{\"stable\": {\"answers\": 0}, \"canary\": {\"answers\": 0}}"))
                .isEmpty();
        assertThat(text("{}")).isEmpty();
    }
}
