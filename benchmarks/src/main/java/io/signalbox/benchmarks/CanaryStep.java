package io.signalbox.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What users met at one step of a canary.
 *
 * @param weight the share in percent; 0 after it was aborted
 * @param users who keep their cookies
 * @param testers users with {@code canary=true}
 * @param decliners users with {@code canary=false}
 * @param left users who were on the canary at the step before and are not any more, nor have to be
 */
public record CanaryStep(int weight, Census users, Census testers, Census decliners, int left) {
    private static final double STANDARD_DEVIATIONS = 5;

    /** By how much the share of the users may miss the weight by chance, in percent: 5 σ of the binomial distribution. */
    double tolerance() {
        return tolerance(weight, users.users());
    }

    static double tolerance(double percent, int users) {
        return STANDARD_DEVIATIONS * Math.sqrt(percent * (100 - percent) / users);
    }

    double share() {
        return 100.0 * users.onCanary() / users.users();
    }

    /** A count of all kinds of users together. */
    int all(ToIntFunction<Census> count) {
        return Stream.of(users, testers, decliners).mapToInt(count).sum();
    }

    boolean isAborted() {
        return weight == 0;
    }

    /** What was not as it has to be; empty when all was. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (Math.abs(share() - weight) > tolerance()) {
            faults.add(String.format(
                    Locale.ROOT,
                    "%.2f %% of the users on the canary (expected: %d ± %.2f)",
                    share(),
                    weight,
                    tolerance()));
        }
        if (left > 0) {
            faults.add(left + " users left the canary as it rose (expected: 0)");
        }
        addForced(faults, "canary=true", testers, isAborted() ? 0 : testers.users());
        addForced(faults, "canary=false", decliners, 0);
        addUnsteady(faults, "users", users);
        addUnsteady(faults, "users with canary=true", testers);
        addUnsteady(faults, "users with canary=false", decliners);
        String when = isAborted() ? "aborted: " : "at " + weight + " %: ";
        return faults.stream().map(when::concat).toList();
    }

    private static void addForced(List<String> faults, String cookie, Census forced, int expected) {
        if (forced.onCanary() != expected) {
            faults.add(forced.onCanary() + " users with " + cookie + " on the canary (expected: " + expected + ")");
        }
    }

    private static void addUnsteady(List<String> faults, String who, Census census) {
        if (census.changed() > 0) {
            faults.add(census.changed() + " " + who + " changed arm, " + census.apart()
                    + " between proxies (expected: 0)");
        }
        if (census.failed() > 0) {
            faults.add(census.failed() + " " + who + " were answered by no arm (expected: 0)");
        }
    }
}
