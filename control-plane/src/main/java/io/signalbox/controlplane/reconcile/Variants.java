package io.signalbox.controlplane.reconcile;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.Withheld;
import io.signalbox.controlplane.xds.publish.Withholding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots without some routes, for proxies that refused something or whose release does not know it. Proxies
 * with the same refusals share one. Any
 * thread; one lock guards all of it, the translator included.
 */
final class Variants {
    private static final ResolvedConfig NOTHING =
            new ResolvedConfig(0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    private final Function<ResolvedConfig, XdsResources> translate;
    private final Function<XdsResources, List<ReleaseNeed>> releaseNeeds;
    /** Of all snapshots that anyone still refers to; a stream does so as long as it may have to go back to one. */
    private final Map<Snapshot, ResolvedConfig> configs = new WeakHashMap<>();
    /** Of those that were published. */
    private final Map<Snapshot, List<ReleaseNeed>> needs = new WeakHashMap<>();
    /** Of the newest snapshot. */
    private final Map<Withholding, Snapshot> variants = new HashMap<>();

    private @Nullable Snapshot newest;

    /** @param releaseNeeds what of some resources not every release knows */
    Variants(Function<ResolvedConfig, XdsResources> translate, Function<XdsResources, List<ReleaseNeed>> releaseNeeds) {
        this.translate = translate;
        this.releaseNeeds = releaseNeeds;
    }

    /** Makes a snapshot of a config, to be published next. */
    synchronized Snapshot next(Snapshot current, ResolvedConfig config) {
        XdsResources resources = translate.apply(config);
        Snapshot next = current.next(resources);
        configs.put(next, config);
        needs.put(next, releaseNeeds.apply(resources));
        newest = next;
        variants.clear();
        return next;
    }

    synchronized Set<RefusedRoute> blame(String listener, Snapshot good, Snapshot refused) {
        ResolvedConfig before = configs.get(good);
        ResolvedConfig after = configs.get(refused);
        if (before == null || after == null) {
            return Set.of();
        }
        Set<RefusedRoute> blamed = new HashSet<>();
        for (String route : WithheldRoutes.changed(before, after, listener)) {
            blamed.add(
                    new RefusedRoute(this, listener, route, WithheldRoutes.definition(after, listener, route), good));
        }
        return blamed;
    }

    synchronized List<ReleaseNeed> unknownTo(Release release, Snapshot snapshot) {
        return needs.getOrDefault(snapshot, List.of()).stream()
                .filter(need -> !need.isMetBy(release))
                .toList();
    }

    synchronized Set<RefusedRoute> holdBack(
            String listener, Set<String> routes, Snapshot snapshot, Optional<Snapshot> good) {
        ResolvedConfig config = config(snapshot);
        Set<RefusedRoute> held = new HashSet<>();
        for (String route : routes) {
            Map<String, Object> definition = WithheldRoutes.definition(config, listener, route);
            // Nothing better is known of the proxy than what it must not have.
            Snapshot base = good.filter(g -> !WithheldRoutes.definition(config(g), listener, route)
                            .equals(definition))
                    .orElse(Snapshot.NOTHING_YET);
            held.add(new RefusedRoute(this, listener, route, definition, base));
        }
        return held;
    }

    synchronized Snapshot withhold(Snapshot snapshot, Withholding what) {
        ResolvedConfig config = configs.get(snapshot);
        if (config == null || what.isNothing()) {
            return snapshot;
        }
        Snapshot known = snapshot == newest ? variants.get(what) : null;
        return known == null ? make(snapshot, config, what) : known;
    }

    private Snapshot make(Snapshot snapshot, ResolvedConfig config, Withholding what) {
        ResolvedConfig less = withoutUnserved(withoutRefused(config, what), what);
        Snapshot variant = less == config ? snapshot : snapshot.variant(translate.apply(less));
        configs.put(variant, less);
        if (snapshot == newest) {
            variants.put(what, variant);
        }
        return variant;
    }

    private ResolvedConfig withoutRefused(ResolvedConfig config, Withholding what) {
        ResolvedConfig less = config;
        for (Withheld withheld : what.refused()) {
            if (withheld instanceof RefusedRoute refused && refused.isIn(config)) {
                less = WithheldRoutes.withhold(
                        less, config(refused.good()), refused.listener(), Set.of(refused.route()));
            }
        }
        return less;
    }

    private ResolvedConfig withoutUnserved(ResolvedConfig config, Withholding what) {
        ResolvedConfig less = config;
        for (Map.Entry<String, Optional<Snapshot>> base : what.bases().entrySet()) {
            String listener = base.getKey();
            ResolvedConfig good = base.getValue().map(this::config).orElse(NOTHING);
            Set<String> unserved = WithheldRoutes.using(less, listener, what.clusters());
            Set<String> neverServed = new TreeSet<>(unserved);
            neverServed.retainAll(WithheldRoutes.using(good, listener, what.clusters()));
            unserved.removeAll(neverServed);
            if (!unserved.isEmpty()) {
                less = WithheldRoutes.withhold(less, good, listener, unserved);
            }
            if (!neverServed.isEmpty()) {
                less = WithheldRoutes.withhold(less, NOTHING, listener, neverServed);
            }
        }
        return less;
    }

    private ResolvedConfig config(Snapshot snapshot) {
        return configs.getOrDefault(snapshot, NOTHING);
    }

    private synchronized boolean has(Snapshot snapshot, RefusedRoute refused) {
        ResolvedConfig config = configs.get(snapshot);
        return config != null && refused.isIn(config);
    }

    /**
     * @param definition what the route was when it was refused
     * @param good of which the proxy has it; of one that knows no routes if it has it not
     */
    record RefusedRoute(Variants owner, String listener, String route, Map<String, Object> definition, Snapshot good)
            implements Withheld {
        @Override
        public boolean appliesTo(Snapshot snapshot) {
            return owner.has(snapshot, this);
        }

        @Override
        public boolean isOf(String routeConfiguration, String name) {
            return listener.equals(routeConfiguration) && route.equals(name);
        }

        boolean isIn(ResolvedConfig config) {
            return WithheldRoutes.definition(config, listener, route).equals(definition);
        }
    }
}
