package io.signalbox.controlplane.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes users from one pool to another, step by step.
 *
 * @param stable the pool that has all requests before
 * @param canary the pool that gets more and more of them
 * @param routes names of the routes it is for; empty for every route that sends to the stable pool
 * @param weight the canary's share in percent while it is set by hand; empty for that of the step
 * @param assignment who goes to the canary
 * @param cookie what remembers it, and forces it
 * @param pace how it goes on
 * @param analysis what is asked of it before it goes on
 * @param state how far it has come; nothing that users write
 */
public record CanarySpec(
        String stable,
        String canary,
        List<String> routes,
        Optional<Integer> weight,
        Assignment assignment,
        Cookie cookie,
        CanaryPace pace,
        CanaryAnalysis analysis,
        State state)
        implements Spec {
    public CanarySpec {
        routes = List.copyOf(routes);
    }

    /** In JSON one key of {@code user}, {@code request}, {@code cookie}, {@code header}. */
    public sealed interface Assignment {
        /** A user stays where the first answer came from; raising the share moves nobody off the canary. */
        record ByUser() implements Assignment {}

        /** By chance, request by request. */
        record ByRequest() implements Assignment {}

        /** Whoever's cookie has one of the values, which somebody else sets; the share does not matter. */
        record ByCookie(String name, List<String> values) implements Assignment {
            public ByCookie {
                values = List.copyOf(values);
            }
        }

        /**
         * Whoever's header has one of the values, which somebody else sets; the share does not matter.
         *
         * @param name lower case
         */
        record ByHeader(String name, List<String> values) implements Assignment {
            public ByHeader {
                values = List.copyOf(values);
            }
        }
    }

    /**
     * @param name of the cookie that forces: {@code true} to the canary, {@code false} to the stable pool. The one that
     *     remembers is named like it and the canary: {@code canary-payment-v2}
     * @param maxAge in seconds
     * @param sameSite {@code Strict}, {@code Lax} or {@code None}
     */
    public record Cookie(String name, String path, long maxAge, boolean secure, String sameSite) {
        public static final Cookie USUAL = new Cookie("canary", "/", 30L * 24 * 60 * 60, false, "Lax");
    }

    /** Where a canary is on its way. In JSON lower case. */
    public enum Phase {
        /** Not yet begun: all is as if it were not there. */
        INITIALIZED,
        /** Some users are on the canary. */
        PROGRESSING,
        /** The routes send to the canary pool; one call leads back. */
        PROMOTED,
        /** Over: the canary pool has taken the stable one's place. */
        SUCCEEDED,
        /** Over: everybody is back on the stable pool, forced or not. */
        FAILED
    }

    /**
     * @param step index of the steps
     * @param since when it came to this phase and step, by the server's clock; empty before the first start
     * @param moved names of the routes that promotion has pointed at the canary pool
     * @param reason why it is there, with the numbers that it rests on
     */
    public record State(Phase phase, int step, Optional<Instant> since, List<String> moved, String reason) {
        public static final State NEW = new State(Phase.INITIALIZED, 0, Optional.empty(), List.of(), "");

        public State {
            moved = List.copyOf(moved);
        }
    }

    /** The canary's share in percent: that by hand, or that of the step it is on. */
    public int share() {
        return switch (state.phase()) {
            case INITIALIZED, FAILED -> 0;
            case PROGRESSING ->
                weight.orElse(
                        pace.steps().get(Math.min(state.step(), pace.steps().size() - 1)));
            case PROMOTED, SUCCEEDED -> 100;
        };
    }

    /** Whether requests are divided. */
    public boolean isUnderWay() {
        return state.phase() == Phase.PROGRESSING;
    }

    /** Whether proxies are to have both pools, whatever routes say; once promoted, so that the way back is short. */
    public boolean keepsPools() {
        return isUnderWay() || state.phase() == Phase.PROMOTED;
    }

    /** Whether it is for a route, should that send to its stable pool. */
    public boolean isFor(String route) {
        return routes.isEmpty() || routes.contains(route);
    }

    public CanarySpec in(State other) {
        return new CanarySpec(stable, canary, routes, weight, assignment, cookie, pace, analysis, other);
    }

    public CanarySpec withWeight(Optional<Integer> other) {
        return new CanarySpec(stable, canary, routes, other, assignment, cookie, pace, analysis, state);
    }

    @Override
    public Kind kind() {
        return Kind.CANARY;
    }

    @Override
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        references.add(new Reference("stable", new ResourceKey(Kind.POOL, stable)));
        references.add(new Reference("canary", new ResourceKey(Kind.POOL, canary)));
        for (int i = 0; i < routes.size(); i++) {
            references.add(new Reference("routes[" + i + "]", new ResourceKey(Kind.ROUTE, routes.get(i))));
        }
        return List.copyOf(references);
    }
}
