package io.signalbox.conformance.fuzz;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Two planes with one table at a time.
 *
 * @param left the measure: a real Envoy
 * @param right what is measured
 */
record Planes(Stage stage, Wire left, Wire right) {
    private static final int IN_A_ROW = 3;
    private static final int AGAIN = 12;
    private static final int MOST = 200;

    /** What only one of them did so seldom of so many times is chance's, or the machine's. */
    private static final int SELDOM = 4;

    /** What both did with the same request, asked several times, and how often. */
    private record Outcomes(Map<Seen, Integer> left, Map<Seen, Integer> right) {
        Outcomes() {
            this(new HashMap<>(), new HashMap<>());
        }

        void add(Seen ofLeft, Seen ofRight) {
            left.merge(ofLeft, 1, Integer::sum);
            right.merge(ofRight, 1, Integer::sum);
        }

        boolean areAlike() {
            return left.keySet().equals(right.keySet());
        }

        boolean areAlikeButSeldom() {
            return alone(left, right).isEmpty() && alone(right, left).isEmpty();
        }

        boolean areCertain() {
            return left.size() == 1 && right.size() == 1;
        }

        /** What one of them alone did more than seldom, beside the most similar that the other did. There is such. */
        Difference difference(Table shown, WireRequest request) {
            Optional<Seen> first = alone(left, right);
            Seen second = first.map(seen -> nearest(seen, right))
                    .orElseGet(() -> alone(right, left).orElseThrow());
            return new Difference(shown, request, first.orElseGet(() -> nearest(second, left)), second);
        }

        /** The most frequent outcome of one alone; all of few count, and of many those that are not seldom. */
        private static Optional<Seen> alone(Map<Seen, Integer> some, Map<Seen, Integer> others) {
            int times = some.values().stream().mapToInt(count -> count).sum();
            return some.entrySet().stream()
                    .filter(seen -> !others.containsKey(seen.getKey()))
                    .filter(seen -> times < MOST || seen.getValue() > SELDOM)
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey);
        }

        private static Seen nearest(Seen to, Map<Seen, Integer> among) {
            return among.keySet().stream()
                    .min(Comparator.comparingInt(seen -> seen.differencesTo(to).size()))
                    .orElseThrow();
        }
    }

    /** A difference that shows three times in a row; what comes and goes is chance's or the machine's. */
    Optional<Difference> compare(Table shown, WireRequest request) {
        Outcomes outcomes = new Outcomes();
        for (int i = 0; i < IN_A_ROW; i++) {
            if (once(request, outcomes)) {
                return Optional.empty();
            }
        }
        boolean byChance = shown.divisions().isEmpty() ? outcomes.areAlike() : differByChance(request, outcomes);
        return byChance ? Optional.empty() : Optional.of(outcomes.difference(shown, request));
    }

    /** Whether both do one of several things, and of the same ones: a table that divides requests leaves some to chance. */
    private boolean differByChance(WireRequest request, Outcomes outcomes) {
        for (int i = 0; i < MOST && !outcomes.areAlike(); i++) {
            if (i == AGAIN && outcomes.areCertain()) {
                return false;
            }
            once(request, outcomes);
        }
        return outcomes.areAlikeButSeldom();
    }

    /** Whether both do the same. */
    private boolean once(WireRequest request, Outcomes outcomes) {
        WireRequest filled = stage.filled(request);
        Seen first = left.send(filled);
        Seen second = right.send(filled);
        outcomes.add(first, second);
        return first.equals(second);
    }
}
