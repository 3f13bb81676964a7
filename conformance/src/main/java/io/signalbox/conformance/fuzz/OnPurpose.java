package io.signalbox.conformance.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A difference that is meant to be; {@code docs/conformance.md} lists them too.
 *
 * @param reason one sentence
 */
record OnPurpose(String reason, Predicate<Difference> covers) {
    static final List<OnPurpose> ALL = List.of(
            new OnPurpose(
                    "a carriage return within a header line: Envoy takes it out, the Java data plane answers 400, as RFC 9112 section 2.2 lets a server do",
                    difference ->
                            difference.request().lines().stream().anyMatch(line -> line.matches("(?s).*\\r[^\\n].*"))
                                    && refusedByRight(difference)),
            new OnPurpose(
                    "blanks after the version in the request line: Envoy overlooks them, the Java data plane answers 400, as RFC 9112"
                            + " section 3 lets a server do",
                    difference -> !difference.request().version().isEmpty()
                            && difference.request().version().endsWith(" ")
                            && refusedByRight(difference)),
            new OnPurpose(
                    "blanks around the break in a folded header line: Envoy keeps them, the Java data plane puts one blank in place of"
                            + " all, as RFC 9112 section 5.2 lets a server do",
                    difference -> isFolded(difference.request())
                            && difference.aspects().stream().allMatch(aspect -> differsInBlanks(difference, aspect))));

    private static boolean isFolded(WireRequest request) {
        return request.lines().stream().anyMatch(line -> line.matches("(?s).*\\r\\n[ \\t].*"));
    }

    private static boolean differsInBlanks(Difference difference, String aspect) {
        return withOneBlank(difference.left(), aspect).equals(withOneBlank(difference.right(), aspect));
    }

    private static Optional<String> withOneBlank(Seen seen, String aspect) {
        return seen.find(aspect).map(value -> value.replaceAll("[ \\t]+", " "));
    }

    private static boolean refusedByRight(Difference difference) {
        return difference.right().find(Seen.STATUS).equals(Optional.of("400"));
    }

    static Optional<OnPurpose> find(Difference difference) {
        return ALL.stream().filter(known -> known.covers().test(difference)).findFirst();
    }
}
