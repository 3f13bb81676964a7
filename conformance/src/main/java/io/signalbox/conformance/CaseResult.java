package io.signalbox.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a case went on one target.
 *
 * @param time of its requests on this target
 * @param explained how many of its requests explain was asked about too
 */
public record CaseResult(ConformanceCase testCase, String target, Outcome outcome, Duration time, int explained) {
    public sealed interface Outcome {
        /** @param differences none when it passed */
        record Compared(List<String> differences) implements Outcome {
            public Compared {
                differences = List.copyOf(differences);
            }
        }

        /** None of its requests was made. */
        record LeftOut(String reason) implements Outcome {}
    }

    /** A case that was run. */
    public CaseResult(ConformanceCase testCase, String target, List<String> differences, Duration time, int explained) {
        this(testCase, target, new Outcome.Compared(differences), time, explained);
    }

    static CaseResult leftOut(ConformanceCase testCase, String target, String reason) {
        return new CaseResult(testCase, target, new Outcome.LeftOut(reason), Duration.ZERO, 0);
    }

    public List<String> differences() {
        return outcome instanceof Outcome.Compared compared ? compared.differences() : List.of();
    }

    public boolean passed() {
        return outcome instanceof Outcome.Compared compared
                && compared.differences().isEmpty();
    }

    public boolean failed() {
        return !differences().isEmpty();
    }

    /** Why it was left out, if it was. */
    public Optional<String> leftOut() {
        return outcome instanceof Outcome.LeftOut out ? Optional.of(out.reason()) : Optional.empty();
    }
}
