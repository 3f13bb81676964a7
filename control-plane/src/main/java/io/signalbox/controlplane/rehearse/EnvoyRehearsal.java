package io.signalbox.controlplane.rehearse;

import io.signalbox.controlplane.change.EnvoyDiff;
import io.signalbox.controlplane.change.EnvoyDiff.EnvoyChange;
import io.signalbox.controlplane.change.Rehearsal;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.explain.RouteTests;
import io.signalbox.controlplane.explain.RouteWarnings;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.validation.FailedRouteTest;
import io.signalbox.controlplane.validation.KeyedViolation;
import io.signalbox.controlplane.validation.Violation;
import io.signalbox.controlplane.validation.Warning;
import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.constraint.Breach;
import io.signalbox.controlplane.xds.constraint.Constraints;
import io.signalbox.controlplane.xds.constraint.ReleaseNeeds;
import io.signalbox.controlplane.xds.publish.ResourceDifference;
import io.signalbox.controlplane.xds.resource.Translator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles and translates as the reconciler will, with a translator of its own. One thread at a time. */
public final class EnvoyRehearsal implements Rehearsal {
    private final Translator translator = new Translator();
    private final RouteTests tests = new RouteTests();
    private final RouteWarnings routeWarnings = new RouteWarnings();
    private @Nullable Translated last;
    /** Of the last two configs looked at: one of them mostly is what the next change starts from. */
    private final Deque<Tested> tested = new ArrayDeque<>();

    private record Translated(Config config, ResolvedConfig resolved, XdsResources xds) {}

    private record Tested(Config config, List<FailedRouteTest> failed) {}

    private final Constraints constraints = new Constraints();
    private final ReleaseNeeds releaseNeeds = new ReleaseNeeds();
    private final Supplier<SortedMap<String, Release>> nodes;

    /** @param nodes the releases of connected proxies by their ids; asked on the thread that rehearses */
    public EnvoyRehearsal(Supplier<SortedMap<String, Release>> nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<KeyedViolation> rehearse(Config config) {
        return constraints.check(translate(config)).stream()
                .map(breach -> new KeyedViolation(source(breach), violation(breach)))
                .toList();
    }

    /** The resource of ours that the part of Envoy's comes from. */
    private static ResourceKey source(Breach breach) {
        return source(breach.type(), breach.name(), breach.route());
    }

    private static ResourceKey source(ResourceType type, String name, Optional<String> route) {
        return route.map(EnvoyRehearsal::sourceOfRoute)
                .orElseGet(() -> new ResourceKey(
                        switch (type) {
                            case CLUSTER, ENDPOINT -> Kind.POOL;
                            case SECRET -> Kind.CERTIFICATE;
                            case LISTENER, ROUTE -> Kind.LISTENER;
                        },
                        name));
    }

    /** What answers when no route does is named like the virtual host it is of. */
    private static ResourceKey sourceOfRoute(String name) {
        String virtualHost = new ResourceKey(Kind.VIRTUAL_HOST, "").toString();
        return name.startsWith(virtualHost)
                ? new ResourceKey(Kind.VIRTUAL_HOST, name.substring(virtualHost.length()))
                : new ResourceKey(Kind.ROUTE, name);
    }

    private static Violation violation(Breach breach) {
        return new Violation(
                "spec",
                source(breach) + " would break Envoy's own constraint on " + breach.path() + " in "
                        + breach.type().word() + "/" + breach.name(),
                breach.rule());
    }

    @Override
    public Findings look(Config before, Config after) {
        Set<String> failedBefore =
                failed(before).stream().map(FailedRouteTest::name).collect(Collectors.toSet());
        List<FailedRouteTest> failed = failed(after);
        Translated translated = translated(after);
        List<Warning> warnings = new ArrayList<>(routeWarnings.of(translated.resolved()));
        warnings.addAll(releaseWarnings(translated.xds()));
        return new Findings(failed, failedBefore, warnings);
    }

    /** A route on several listeners is warned of once. */
    private List<Warning> releaseWarnings(XdsResources resources) {
        Map<ReleaseNeed, ResourceKey> needs = new LinkedHashMap<>();
        for (ReleaseNeed need : releaseNeeds.of(resources)) {
            needs.put(need.wherever(), source(need.type(), need.name(), need.route()));
        }
        return needs.isEmpty() ? List.of() : ReleaseWarnings.of(needs, nodes.get());
    }

    private List<FailedRouteTest> failed(Config config) {
        for (Tested known : tested) {
            if (known.config == config) {
                return known.failed;
            }
        }
        List<FailedRouteTest> failed = List.of();
        if (!config.routeTests().isEmpty()) {
            Translated translated = translated(config);
            failed = tests.failures(config.routeTests(), translated.resolved, translated.xds);
        }
        tested.addFirst(new Tested(config, failed));
        while (tested.size() > 2) {
            tested.removeLast();
        }
        return failed;
    }

    @Override
    public EnvoyDiff compare(Config before, Config after) {
        List<ResourceDifference> differences = ResourceDifference.between(translate(before), translate(after));
        return new EnvoyDiff(
                differences.stream().map(EnvoyRehearsal::change).toList(),
                differences.stream()
                        .filter(difference -> difference.type() == ResourceType.LISTENER
                                && difference.kind() != ResourceDifference.Kind.ADD)
                        .map(ResourceDifference::name)
                        .toList());
    }

    private XdsResources translate(Config config) {
        return translated(config).xds;
    }

    private Translated translated(Config config) {
        Translated known = last;
        if (known == null || known.config != config) {
            ResolvedConfig resolved = Compiler.compile(config);
            known = new Translated(config, resolved, translator.translate(resolved));
            last = known;
        }
        return known;
    }

    private static EnvoyChange change(ResourceDifference difference) {
        EnvoyDiff.Kind kind = switch (difference.kind()) {
            case ADD -> EnvoyDiff.Kind.ADD;
            case UPDATE -> EnvoyDiff.Kind.UPDATE;
            case REMOVE -> EnvoyDiff.Kind.REMOVE;
        };
        return new EnvoyChange(difference.type().word(), difference.name(), kind, difference.bytes());
    }
}
