package io.signalbox.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the users of two canaries at 50 % were divided.
 *
 * @param what which two
 * @param both users on both canaries
 * @param first users on the first one alone; likewise {@code second}
 * @param changed users whose answers of one canary were not all of one arm
 * @param failed users who got an answer of no arm
 */
public record CanaryPair(String what, int both, int first, int second, int neither, int changed, int failed) {
    static final int WEIGHT = 50;

    /** Of one degree of freedom; independent canaries exceed it once in 1.7 million times (5 σ). */
    static final double LIMIT = 25;

    int users() {
        return both + first + second + neither;
    }

    /** Pearson's χ² of the fourfold table, without a correction. */
    double chiSquared() {
        double cross = (double) both * neither - (double) first * second;
        double margins = (double) (both + first) * (second + neither) * (both + second) * (first + neither);
        return users() * cross * cross / margins;
    }

    /** What was not as it has to be; empty when all was. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        addShare(faults, "first", both + first);
        addShare(faults, "second", both + second);
        if (!(chiSquared() <= LIMIT)) {
            faults.add(String.format(Locale.ROOT, "χ² %.2f (expected: at most %.0f)", chiSquared(), LIMIT));
        }
        if (changed > 0) {
            faults.add(changed + " users changed arm (expected: 0)");
        }
        if (failed > 0) {
            faults.add(failed + " users were answered by no arm (expected: 0)");
        }
        return faults.stream().map((what + ": ")::concat).toList();
    }

    private void addShare(List<String> faults, String canary, int users) {
        double share = 100.0 * users / users();
        double tolerance = CanaryStep.tolerance(WEIGHT, users());
        if (!(Math.abs(share - WEIGHT) <= tolerance)) {
            faults.add(String.format(
                    Locale.ROOT,
                    "%.2f %% of the users on the %s canary (expected: %d ± %.2f)",
                    share,
                    canary,
                    WEIGHT,
                    tolerance));
        }
    }
}
