package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.explain.Explanation.Arm;
import io.signalbox.controlplane.explain.Explanation.Result;
import io.signalbox.controlplane.model.RouteTestSpec;
import io.signalbox.controlplane.model.RouteTestSpec.Expectation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what becomes of a request with what a route test wants. */
final class Expectations {
    /** In percent; shares are fractions of whole weights, which few people write out. */
    private static final double TOLERANCE = 0.01;

    private Expectations() {}

    /**
     * What becomes of a request.
     *
     * @param unmatched the virtual host whose answer it gets, as no route takes it
     */
    record Found(Result result, Optional<String> route, Optional<String> unmatched, List<Arm> arms) {
        /** {@code pool payment-v1}, {@code pools a (95 %), b (5 %)}, {@code redirect 301 to …}. */
        String describe() {
            return unmatched
                    .map(host -> what() + ", by virtual host " + host + " as no route takes it")
                    .orElseGet(this::what);
        }

        private String what() {
            if (result instanceof Result.Forward) {
                return arms.size() == 1
                        ? "pool " + arms.get(0).pool()
                        : "pools "
                                + arms.stream()
                                        .map(arm -> arm.pool() + " (" + percent(100 * arm.probability()) + ")")
                                        .collect(Collectors.joining(", "));
            } else if (result instanceof Result.Redirect redirect) {
                return "redirect " + redirect.status() + " to " + redirect.location();
            } else if (result instanceof Result.Respond respond) {
                return "response " + respond.status();
            } else if (result instanceof Result.Rejected rejected) {
                return "rejected with " + rejected.status() + ", as " + rejected.reason();
            }
            return "no route";
        }

        private double share(String pool) {
            return 100
                    * arms.stream()
                            .filter(arm -> arm.pool().equals(pool))
                            .mapToDouble(Arm::probability)
                            .sum();
        }
    }

    static boolean holds(RouteTestSpec spec, Found found) {
        boolean byRoute = spec.route().isEmpty() || spec.route().equals(found.route());
        return byRoute && holds(spec.expect(), found);
    }

    private static boolean holds(Expectation expected, Found found) {
        Result result = found.result();
        if (expected instanceof Expectation.Pool pool) {
            double share = found.share(pool.pool());
            return result instanceof Result.Forward
                    && pool.share()
                            .map(wanted -> Math.abs(share - wanted) <= TOLERANCE)
                            .orElse(share > 0);
        } else if (expected instanceof Expectation.Redirect wanted) {
            return result instanceof Result.Redirect redirect
                    && wanted.status()
                            .map(status -> status == redirect.status())
                            .orElse(true)
                    && wanted.location().map(redirect.location()::equals).orElse(true);
        } else if (expected instanceof Expectation.Respond wanted) {
            return result instanceof Result.Respond respond && respond.status() == wanted.status();
        }
        return found.unmatched().isPresent() || result instanceof Result.NoRoute || result instanceof Result.NoHost;
    }

    static String describe(RouteTestSpec spec) {
        return describe(spec.expect()) + spec.route().map(r -> " by route " + r).orElse("");
    }

    private static String describe(Expectation expected) {
        if (expected instanceof Expectation.Pool pool) {
            return "pool " + pool.pool()
                    + pool.share().map(share -> " (" + percent(share) + ")").orElse("");
        } else if (expected instanceof Expectation.Redirect redirect) {
            return "redirect" + redirect.status().map(status -> " " + status).orElse("")
                    + redirect.location().map(location -> " to " + location).orElse("");
        }
        return expected instanceof Expectation.Respond respond ? "response " + respond.status() : "no route";
    }

    private static String percent(double percent) {
        return percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : String.format(Locale.ROOT, "%.2f %%", percent);
    }
}
