package io.signalbox.testkit;

import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Randomness that can be had again: the seed is printed, and {@code -Dsignalbox.seed=SEED} repeats it. For one thread.
 */
public final class SeededDice implements RandomGenerator {
    private static final String PROPERTY = "signalbox.seed";

    private final long seed;
    private final SplittableRandom random;

    private SeededDice(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Dice of a new seed, or of the one that the system property names. */
    public static SeededDice roll() {
        SeededDice dice = new SeededDice(Long.getLong(PROPERTY, System.nanoTime()));
        System.out.println("random choices of this test: -D" + PROPERTY + "=" + dice.seed);
        return dice;
    }

    public static SeededDice of(long seed) {
        return new SeededDice(seed);
    }

    public long seed() {
        return seed;
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    /** One of several, each as likely as the others. */
    public <T> T pick(Collection<T> choices) {
        return List.copyOf(choices).get(nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[nextInt(choices.length)];
    }

    /** Whether something happens that happens in one of {@code times} cases. */
    public boolean oneIn(int times) {
        return nextInt(times) == 0;
    }
}
