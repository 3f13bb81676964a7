package io.signalbox.conformance;

import java.time.Duration;
import java.util.List;

/**
 * How a case went on one target.
 *
 * @param differences empty when it passed
 * @param time of its requests on this target
 * @param explained how many of its requests explain was asked about too
 */
public record CaseResult(
        ConformanceCase testCase, String target, List<String> differences, Duration time, int explained) {
    public CaseResult {
        differences = List.copyOf(differences);
    }

    public boolean passed() {
        return differences.isEmpty();
    }
}
