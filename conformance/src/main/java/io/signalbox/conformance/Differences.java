package io.signalbox.conformance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects differences, each once however many answers show it: {@code status: 404 (expected: 200)}. */
final class Differences {
    private final Set<String> found = new LinkedHashSet<>();

    void equal(String what, Object seen, Object expected) {
        if (!seen.equals(expected)) {
            add(what, seen.toString(), expected.toString());
        }
    }

    /**
     * @param expected null for none
     */
    void lines(String what, List<String> seen, @Nullable List<String> expected) {
        List<String> wanted = expected == null ? List.of() : expected;
        if (!seen.equals(wanted)) {
            add(what, seen.isEmpty() ? "nothing" : seen.toString(), expected == null ? "nothing" : wanted.toString());
        }
    }

    /**
     * @param regex for the one line there must be
     */
    void like(String what, List<String> seen, String regex) {
        if (seen.size() != 1 || !seen.get(0).matches(regex)) {
            add(what, seen.isEmpty() ? "nothing" : seen.toString(), "one line like " + regex);
        }
    }

    /** All in percent. */
    void share(String what, double seen, double expected, double tolerance) {
        if (Math.abs(seen - expected) > tolerance + 1e-9) {
            add(what, seen + " %", expected + " % ± " + tolerance);
        }
    }

    void add(String what, String seen, String expected) {
        found.add(what + ": " + seen + " (expected: " + expected + ")");
    }

    /**
     * @param request whose they are
     */
    List<String> of(String request) {
        return found.stream().map(difference -> request + ": " + difference).toList();
    }
}
