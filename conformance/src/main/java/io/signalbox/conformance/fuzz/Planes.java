package io.signalbox.conformance.fuzz;

import java.util.Optional;

/**
 * Two planes with one table at a time.
 *
 * @param left the measure: a real Envoy
 * @param right what is measured
 */
record Planes(Stage stage, Wire left, Wire right) {
    /** A difference that shows three times in a row; what comes and goes is chance's or the machine's. */
    Optional<Difference> compare(Table shown, WireRequest request) {
        Optional<Difference> difference = once(shown, request);
        for (int i = 0; i < 2 && difference.isPresent(); i++) {
            difference = once(shown, request);
        }
        return difference;
    }

    private Optional<Difference> once(Table shown, WireRequest request) {
        Seen first = left.send(request);
        Seen second = right.send(request);
        return first.differencesTo(second).isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(shown, request, first, second));
    }
}
