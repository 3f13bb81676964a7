package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Spec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

final class CanaryRules {
    /** A route is written once for each way to be assigned, so five times for each of them. */
    private static final int MOST_ON_A_ROUTE = 3;

    private static final long LARGEST_WEIGHT_SUM = Integer.MAX_VALUE;
    private static final int PERCENT = 100;
    private static final Duration LONGEST = Duration.ofDays(30);

    private CanaryRules() {}

    static void check(Resource<?> resource, CanarySpec canary, Optional<Spec> before, Config after, Findings findings) {
        if (canary.stable().equals(canary.canary())) {
            findings.at("canary").add(Findings.quote(canary.canary()), "another pool than the stable one");
        }
        checkSteps(canary.pace().steps(), findings.at("steps"));
        DurationRules.check(canary.pace().bake(), LONGEST, findings.at("bake"));
        DurationRules.check(canary.pace().grace(), LONGEST, findings.at("grace"));
        DurationRules.check(canary.analysis().maximumWait(), LONGEST, findings.at("analysis.maximumWait"));
        canary.analysis().latency().ifPresent(rule -> LatencyRules.check(rule, findings.at("analysis.latency")));
        CanaryMetricRules.check(canary, findings.at("analysis"));
        if (canary.cookie().sameSite().equals("None") && !canary.cookie().secure()) {
            findings.at("cookie").at("secure").add("false", "true, as browsers ask for with sameSite None");
        }
        before.map(CanarySpec.class::cast)
                .filter(CanarySpec::isUnderWay)
                .filter(spec -> canary.isUnderWay())
                .ifPresent(spec -> checkStays(spec, canary, findings));
        if (canary.isUnderWay()) {
            checkOthers(resource.name(), canary, after, findings);
            checkRoutes(canary, after, findings);
        }
    }

    private static void checkSteps(List<Integer> steps, Findings findings) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                findings.add(steps.get(i) + " after " + steps.get(i - 1), "each step larger than the one before");
                return;
            }
        }
        int last = steps.get(steps.size() - 1);
        if (last != PERCENT) {
            findings.add(last + " at the end", "100 at the end");
        }
    }

    /** Users would change sides. */
    private static void checkStays(CanarySpec before, CanarySpec canary, Findings findings) {
        String expected = "no change while the canary is under way; abort it first";
        if (!before.stable().equals(canary.stable())) {
            findings.at("stable").add(Findings.quote(canary.stable()), expected);
        }
        if (!before.canary().equals(canary.canary())) {
            findings.at("canary").add(Findings.quote(canary.canary()), expected);
        }
        if (!before.assignment().equals(canary.assignment())) {
            findings.at("assignment").add("another one", expected);
        }
        if (!before.cookie().name().equals(canary.cookie().name())) {
            findings.at("cookie").at("name").add(Findings.quote(canary.cookie().name()), expected);
        }
    }

    private static void checkOthers(String name, CanarySpec canary, Config after, Findings findings) {
        for (Resource<CanarySpec> other : after.canaries().values()) {
            if (!other.name().equals(name)
                    && other.spec().isUnderWay()
                    && shareAPool(canary, other.spec())
                    && overlap(canary.routes(), other.spec().routes())) {
                findings.at("stable")
                        .add(
                                Findings.quote(canary.stable()) + " to " + Findings.quote(canary.canary())
                                        + ", while the canary " + other.name() + " goes from "
                                        + other.spec().stable() + " to "
                                        + other.spec().canary(),
                                "pools of no other canary that is under way on the same routes");
            }
        }
    }

    private static boolean shareAPool(CanarySpec a, CanarySpec b) {
        return !Collections.disjoint(List.of(a.stable(), a.canary()), List.of(b.stable(), b.canary()));
    }

    /** None named is all. */
    private static boolean overlap(List<String> a, List<String> b) {
        return a.isEmpty() || b.isEmpty() || !Collections.disjoint(a, b);
    }

    private static void checkRoutes(CanarySpec canary, Config after, Findings findings) {
        for (Resource<RouteSpec> route : after.routes().values()) {
            if (canary.isFor(route.name())
                    && route.spec().action() instanceof Forward forward
                    && forward.to() instanceof Destination.Pools
                    && forward.poolNames().contains(canary.stable())) {
                check(route.name(), forward, after, findings.at("stable"));
                if (forward.poolNames().contains(canary.canary())) {
                    findings.at("canary")
                            .add(
                                    Findings.quote(canary.canary()) + ", where route " + route.name()
                                            + " sends already",
                                    "a pool that routes to the stable one do not name; take it out of them first");
                }
                DividedRoutes.checkCanary(route, after, findings.at("stable"));
            }
        }
    }

    /** For a route that is written. With both pools in it promotion would make one of two, and nothing would lead back. */
    static void check(String name, RouteSpec route, Config after, Findings findings) {
        if (route.action() instanceof Forward forward && forward.to() instanceof Destination.Pools) {
            for (Resource<CanarySpec> canary : after.canaries().values()) {
                CanarySpec spec = canary.spec();
                if (spec.isUnderWay()
                        && spec.isFor(name)
                        && forward.poolNames().containsAll(List.of(spec.stable(), spec.canary()))) {
                    findings.at("action")
                            .add(
                                    Findings.quote(spec.stable()) + " and " + Findings.quote(spec.canary())
                                            + ", while the canary " + canary.name() + " goes from one to the other",
                                    "one of the two; the canary divides the requests");
                }
            }
        }
    }

    private static void check(String route, Forward forward, Config after, Findings findings) {
        long canaries = after.canaries().values().stream()
                .map(Resource::spec)
                .filter(other -> other.isUnderWay()
                        && other.isFor(route)
                        && forward.poolNames().contains(other.stable()))
                .count();
        if (canaries > MOST_ON_A_ROUTE) {
            findings.add(
                    canaries + " canaries under way on route " + route, "at most " + MOST_ON_A_ROUTE + " on one route");
            return;
        }
        long largest = LARGEST_WEIGHT_SUM / (long) Math.pow(PERCENT, canaries);
        long sum = forward.pools().stream().mapToLong(WeightedPool::weight).sum();
        if (sum > largest) {
            findings.add(
                    "a sum of weights of " + sum + " on route " + route,
                    "a sum of at most " + largest + ", as each is divided by a hundred for each canary");
        }
    }
}
