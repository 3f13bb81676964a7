package io.signalbox.conformance.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/** One request that two planes do not treat alike with one table. */
record Difference(Table table, WireRequest request, Seen left, Seen right) {
    List<String> aspects() {
        return left.differencesTo(right);
    }

    /** The weightiest aspect, and what both sides show of it; for telling one cause from another. Headers say too much. */
    String kind() {
        String aspect = aspects().get(0);
        boolean header = aspect.startsWith(Seen.HEADER) || aspect.startsWith(Seen.UPSTREAM_HEADER);
        return header ? aspect : describe(aspect);
    }

    private String describe(String aspect) {
        return aspect + ": " + left.find(aspect).orElse("(none)") + " against "
                + right.find(aspect).orElse("(none)");
    }

    String describe() {
        return aspects().stream().map(this::describe).collect(Collectors.joining("\n"));
    }
}
