package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ExperimentTextTest {
    private static String text(String report) throws Exception {
        StringWriter text = new StringWriter();
        ExperimentText.print(new JsonMapper().readTree(report), new PrintWriter(text));
        return text.toString();
    }

    @Test
    void showsVariantsApartAndWhoIsMissing() throws Exception {
        assertThat(text("""
                        {"experiment": "e", "phase": "running", "startedAt": "2026-01-01T12:00:00Z",
                         "variants": [
                          {"name": "control", "visitors": 10, "share": 50.0, "expectedShare": 50.0,
                           "assigned": {"requests": 30, "errors": 3, "errorRate": 10.0, "from": 3.46, "to": 25.6,
                                        "p50": 1.25, "p99": 4.9},
                           "forced": {"requests": 0, "errors": 0}},
                          {"name": "b", "visitors": 10, "share": 50.0, "expectedShare": 50.0,
                           "assigned": {"requests": 0, "errors": 0},
                           "forced": {"requests": 1, "errors": 0, "errorRate": 0.0, "from": 0.0, "to": 79.3}}],
                         "sampleRatio": {"verdict": "as-expected", "pValue": 1.0},
                         "nodes": {"reporting": ["edge-1"], "silent": [{"node": "edge-2"}, {"node": "edge-3", "since": "2026-01-01T12:00:00Z"}]}}
                        """)).isEqualTo("""
                        e is running, started at 2026-01-01T12:00:00Z

                        VARIANT    VISITORS  SHARE    EXPECTED  REQUESTS  ERRORS  ERROR RATE  PROBABLY             P50, ms  P99, ms
                        control    10        50.00 %  50.00 %   30        3       10.000 %    3.460 % to 25.600 %  1.3      4.9
                        b          10        50.00 %  50.00 %   0         0       -           -                    -        -
                        b, forced  -         -        -         1         0       0.000 %     0.000 % to 79.300 %  -        -

                        Visitors come to the variants as configured, as far as is known (p 1.0)
                        Only of a part of the proxies: 1 report, edge-2 (never did), edge-3 (not since 2026-01-01T12:00:00Z) does not
                        """);
    }

    @Test
    void saysWhereOnlyAPartIsCounted() throws Exception {
        String report = """
                {"experiment": "e", "phase": "running", "counted": %s, "variants": [],
                 "sampleRatio": {"verdict": "as-expected", "pValue": 1.0},
                 "nodes": {"reporting": [], "silent": []}}
                """;
        assertThat(text(report.formatted(12.5)))
                .contains("Of those who come again the requests of 12.5 % are counted\n");
        assertThat(text(report.formatted("10.0"))).contains("of 10 % are counted\n");
        assertThat(text(report.formatted(100))).doesNotContain("counted");
    }

    @Test
    void saysWhatAMismatchMeans() throws Exception {
        assertThat(text("""
                        {"experiment": "e", "phase": "stopped", "variants": [],
                         "sampleRatio": {"verdict": "mismatch", "pValue": 0.00042},
                         "nodes": {"reporting": [], "silent": []}}
                        """)).endsWith("""
                        SAMPLE RATIO MISMATCH: visitors do not come to the variants as configured, so do not compare them (p 0.00042)
                        """);
    }
}
