package io.signalbox.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** All choices of a run come from here, so that a seed repeats them. For one thread. */
final class Dice {
    private final SplittableRandom random;

    private Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Those of one table of a run; no other table changes them. */
    static Dice of(long seed, int table) {
        return new Dice(new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * (table + 1))).nextLong());
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** 0 to bound - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the choices, made only when it is taken. */
    @SafeVarargs
    final <T> T oneOf(Supplier<T>... choices) {
        return of(choices).get();
    }

    /** Between least and most different ones, in the order drawn. */
    <T> List<T> some(int least, int most, List<T> choices) {
        List<T> left = new ArrayList<>(choices);
        List<T> drawn = new ArrayList<>();
        int count = Math.min(choices.size(), least + below(most - least + 1));
        while (drawn.size() < count) {
            drawn.add(left.remove(below(left.size())));
        }
        return drawn;
    }
}
