package io.signalbox.controlplane.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Divides users among variants, each of whom stays with theirs.
 *
 * @param routes names of the routes it is for
 * @param hosts it is for every route of these that can be divided; lower case
 * @param layer experiments of one layer have no users in common; empty for one of its own, named like the experiment
 * @param population of how many users in ten-thousandths of a percent
 * @param variants at least two with different names; the first one is control
 * @param cookie name of a cookie whose value, the name of a variant, goes before all else
 * @param counted of how many of those who come again proxies count the requests apart, as {@code population}; those of the others
 *     they count always
 * @param window when the server starts and stops it
 * @param state how far it has come; nothing that users write
 */
public record ExperimentSpec(
        List<String> routes,
        List<String> hosts,
        Optional<String> layer,
        int population,
        List<Variant> variants,
        Optional<String> cookie,
        int counted,
        Window window,
        State state)
        implements Spec {
    /**
     * Of how many the requests are counted where nothing is said: a tenth. To count a request takes a proxy as long as all else that
     * an experiment makes it do, and more.
     */
    public static final int COUNTED = Slice.MILLION / 10;

    public ExperimentSpec {
        routes = List.copyOf(routes);
        hosts = List.copyOf(hosts);
        variants = List.copyOf(variants);
    }

    /**
     * @param weight its share of the population against the other weights
     * @param pool where its users go; empty for where they go anyway
     * @param headers changed for its users alone
     */
    public record Variant(String name, int weight, Optional<String> pool, HeaderEdits headers) {}

    /** Either end may be open. */
    public record Window(Optional<Instant> start, Optional<Instant> end) {
        public static final Window OPEN = new Window(Optional.empty(), Optional.empty());

        boolean isOver(Instant now) {
            return end.isPresent() && !end.get().isAfter(now);
        }

        boolean hasBegun(Instant now) {
            return start.isPresent() && !start.get().isAfter(now);
        }
    }

    /** Where an experiment is on its way. In JSON lower case. */
    public enum Phase {
        /** Not yet begun: all is as if it were not there. */
        INITIALIZED,
        /** Users are divided. */
        RUNNING,
        /** Over: all is as if it were not there. */
        STOPPED
    }

    /**
     * @param slices what its variants have of the layer's users, without overlaps; of one that is stopped, what they had
     * @param winner where everybody went at its end, if anywhere
     * @param run what is counted of it since it was started last; empty if it never was
     */
    public record State(Phase phase, List<Slice> slices, Optional<String> winner, Optional<Run> run) {
        public static final State NEW = new State(Phase.INITIALIZED, List.of(), Optional.empty(), Optional.empty());

        public State {
            slices = List.copyOf(slices);
        }

        State withSlices(List<Slice> other) {
            return new State(phase, other, winner, run);
        }
    }

    /**
     * From one start to the next.
     *
     * @param start in whole milliseconds; also what tells the runs of an experiment apart
     * @param mismatch since when it is established that visitors do not come to the variants as they should
     */
    public record Run(Instant start, Optional<Instant> mismatch) {
        static Run from(Instant now) {
            return new Run(now.truncatedTo(ChronoUnit.MILLIS), Optional.empty());
        }

        Run mismatchedAt(Instant now) {
            return new Run(start, Optional.of(now.truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    public static String layerOf(Resource<ExperimentSpec> experiment) {
        return experiment.spec().layer().orElse(experiment.name());
    }

    public Variant control() {
        return variants.get(0);
    }

    public Optional<Variant> variant(String name) {
        return variants.stream().filter(variant -> variant.name().equals(name)).findFirst();
    }

    public boolean isRunning() {
        return state.phase() == Phase.RUNNING;
    }

    /** Whether it is for a route, as one of a host's. */
    public boolean isFor(String route, RouteSpec spec, String host) {
        return routes.contains(route) || hosts.contains(host) && spec.canBeDivided();
    }

    /** Whether it is for a route in whole, whichever of its hosts a request is for. */
    public boolean isForAllOf(String route, RouteSpec spec) {
        return routes.contains(route) || hosts.containsAll(spec.hosts()) && spec.canBeDivided();
    }

    /** Whether it is for a route on one of its hosts. */
    public boolean isForSomeOf(String route, RouteSpec spec) {
        return routes.contains(route) || !Collections.disjoint(hosts, spec.hosts()) && spec.canBeDivided();
    }

    public ExperimentSpec in(State other) {
        return new ExperimentSpec(routes, hosts, layer, population, variants, cookie, counted, window, other);
    }

    /** Running, and counted anew; whoever had a place in it has it again, if it is still free. */
    public ExperimentSpec started(Instant now) {
        return in(new State(Phase.RUNNING, state.slices(), Optional.empty(), Optional.of(Run.from(now))));
    }

    public ExperimentSpec stopped(Optional<String> winner) {
        return in(new State(Phase.STOPPED, state.slices(), winner, state.run()));
    }

    /** One whose visitors do not come as they should. It goes on all the same. */
    public ExperimentSpec mismatched(Instant now) {
        return in(new State(
                state.phase(), state.slices(), state.winner(), state.run().map(run -> run.mismatchedAt(now))));
    }

    /** Whether it is found out whether visitors come to its variants as they should, and not yet found that they do not. */
    public boolean isWatched() {
        return isRunning()
                && state.run().filter(run -> run.mismatch().isEmpty()).isPresent();
    }

    public ExperimentSpec withSlices(List<Slice> slices) {
        return in(state.withSlices(slices));
    }

    /** Whether the server is to start it: once, however often it is stopped. */
    public boolean isToStart(Instant now) {
        return state.phase() == Phase.INITIALIZED && window.hasBegun(now) && !window.isOver(now);
    }

    public boolean isToStop(Instant now) {
        return isRunning() && window.isOver(now);
    }

    @Override
    public Kind kind() {
        return Kind.EXPERIMENT;
    }

    @Override
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            references.add(new Reference("routes[" + i + "]", new ResourceKey(Kind.ROUTE, routes.get(i))));
        }
        for (int i = 0; i < variants.size(); i++) {
            String place = "variants[" + i + "].pool";
            variants.get(i)
                    .pool()
                    .ifPresent(pool -> references.add(new Reference(place, new ResourceKey(Kind.POOL, pool))));
        }
        return List.copyOf(references);
    }

    /** Those that its variants send to. */
    public Set<String> pools() {
        Set<String> pools = new HashSet<>();
        variants.forEach(variant -> variant.pool().ifPresent(pools::add));
        return pools;
    }
}
