package io.signalbox.conformance;

import java.time.Duration;
import java.util.List;

/**
 * How a case went on one target.
 *
 * @param differences empty when it passed
 * @param time of its requests on this target
 */
public record CaseResult(ConformanceCase testCase, String target, List<String> differences, Duration time) {
    public CaseResult {
        differences = List.copyOf(differences);
    }

    public boolean passed() {
        return differences.isEmpty();
    }
}
