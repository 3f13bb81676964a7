package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.explain.Explanation.Arm;
import io.signalbox.routing.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What may become of a request where fractions leave it to chance which route takes it. One random value decides over all
 * of them, so they share what it may be among themselves.
 *
 * @param all at least one, in the order of the values that lead to them
 */
record Chances(List<Chance> all) {
    private static final long VALUES = 1_000_000;

    /** @param probability from 0 to 1 */
    record Chance(Decision decision, double probability) {}

    Chances {
        all = List.copyOf(all);
    }

    static Chances certain(Decision decision) {
        return new Chances(List.of(new Chance(decision, 1)));
    }

    /**
     * @param ends of fractions, in millionths
     * @param decide what becomes of it by this random value
     */
    static Chances of(SortedSet<Long> ends, LongFunction<Decision> decide) {
        SortedSet<Long> starts = new TreeSet<>(ends.headSet(VALUES));
        starts.add(0L);
        List<Long> bounds = new ArrayList<>(starts);
        bounds.add(VALUES);
        List<Chance> chances = new ArrayList<>();
        for (int i = 0; i + 1 < bounds.size(); i++) {
            Decision decision = decide.apply(bounds.get(i));
            double probability = (double) (bounds.get(i + 1) - bounds.get(i)) / VALUES;
            int last = chances.size() - 1;
            if (last >= 0 && Decisions.isOfOneRoute(chances.get(last).decision, decision)) {
                chances.set(last, new Chance(chances.get(last).decision, chances.get(last).probability + probability));
            } else {
                chances.add(new Chance(decision, probability));
            }
        }
        return new Chances(chances);
    }

    /** What comes of the lowest value. */
    Decision first() {
        return all.get(0).decision;
    }

    boolean isCertain() {
        return all.size() == 1;
    }

    /** The pools it may go to, whichever route takes it. */
    List<Arm> arms(Function<Decision, List<Arm>> ofDecision) {
        return all.stream()
                .flatMap(chance -> ofDecision.apply(chance.decision).stream().map(arm -> arm.times(chance.probability)))
                .toList();
    }
}
