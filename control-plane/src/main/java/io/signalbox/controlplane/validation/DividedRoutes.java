package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Action.Destination;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.RunningExperiments;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Routes whose users are divided by experiments. A proxy divides a request once, so all of them must be of one layer, and
 * nothing else may divide it.
 */
final class DividedRoutes {
    private static final String DIVISIBLE = "forward to pools by name, without hash and without connect";

    private final Config after;
    private final RunningExperiments running;

    private DividedRoutes(Config after) {
        this.after = after;
        this.running = new RunningExperiments(after);
    }

    /** For an experiment that is running. */
    static void check(String name, ExperimentSpec experiment, Config after, Findings findings) {
        DividedRoutes routes = new DividedRoutes(after);
        for (int i = 0; i < experiment.routes().size(); i++) {
            String named = experiment.routes().get(i);
            Resource<RouteSpec> route = after.routes().get(named);
            if (route != null && !route.spec().canBeDivided()) {
                findings.at("routes", i).add(Findings.quote(named), "a route with the action " + DIVISIBLE);
            }
        }
        for (Resource<RouteSpec> route : after.routes().values()) {
            if (experiment.isForSomeOf(route.name(), route.spec())) {
                routes.checkOthers(name, experiment, route, findings);
                routes.canary(route.name(), route.spec())
                        .ifPresent(canary -> findings.at("routes")
                                .add(
                                        "route " + route.name() + ", which the canary " + canary + " divides",
                                        "routes that no canary divides that is under way"));
            }
        }
    }

    private void checkOthers(String name, ExperimentSpec experiment, Resource<RouteSpec> route, Findings findings) {
        TreeSet<String> seen = new TreeSet<>(List.of(name));
        String layer = experiment.layer().orElse(name);
        for (String host : route.spec().hosts()) {
            if (!experiment.isFor(route.name(), route.spec(), host)) {
                continue;
            }
            for (Resource<ExperimentSpec> other : running.on(route.name(), route.spec(), host)) {
                if (!seen.add(other.name())) {
                    continue;
                }
                String otherLayer = ExperimentSpec.layerOf(other);
                if (layer.equals(otherLayer)) {
                    checkCookie(
                            experiment,
                            other,
                            route.name(),
                            findings.at("cookie").at("name"));
                } else {
                    findings.at("layer")
                            .add(
                                    Findings.quote(layer) + ", while the experiment " + other.name() + " divides route "
                                            + route.name() + " by layer " + otherLayer,
                                    "the layer of the other experiments that run on the same routes");
                }
            }
        }
    }

    private static void checkCookie(
            ExperimentSpec experiment, Resource<ExperimentSpec> other, String route, Findings findings) {
        if (experiment.cookie().isPresent()
                && experiment.cookie().equals(other.spec().cookie())) {
            for (Variant variant : experiment.variants()) {
                other.spec()
                        .variant(variant.name())
                        .ifPresent(same -> findings.add(
                                Findings.quote(experiment.cookie().get()) + ", which forces " + same.name()
                                        + " of the experiment " + other.name() + " too",
                                "a cookie and variants by which one variant is forced on route " + route));
            }
        }
    }

    /** For a route that is written. */
    static void check(String name, RouteSpec route, Config after, Findings findings) {
        DividedRoutes routes = new DividedRoutes(after);
        TreeSet<String> experiments = new TreeSet<>();
        for (String host : route.hosts()) {
            List<Resource<ExperimentSpec>> here = routes.running.on(name, route, host);
            here.forEach(experiment -> experiments.add(experiment.name()));
            List<String> layers =
                    here.stream().map(ExperimentSpec::layerOf).distinct().toList();
            if (layers.size() > 1) {
                findings.at("hosts")
                        .add(
                                Findings.quote(host) + ", where experiments of the layers "
                                        + String.join(" and ", layers) + " run",
                                "hosts on which experiments of one layer divide the route");
            }
        }
        if (!experiments.isEmpty()) {
            routes.checkDivided(name, route, String.join(", ", experiments), findings.at("action"));
        }
    }

    private void checkDivided(String name, RouteSpec route, String experiments, Findings findings) {
        if (!route.canBeDivided()) {
            findings.add("an action that cannot be divided, while experiments run on it: " + experiments, DIVISIBLE);
        }
        canary(name, route)
                .ifPresent(canary -> findings.add(
                        "pools that the canary " + canary + " divides, while experiments run on the route: "
                                + experiments,
                        "pools of no canary that is under way"));
    }

    /** For a canary that is under way, and a route that it is for. */
    static void checkCanary(Resource<RouteSpec> route, Config after, Findings findings) {
        RunningExperiments running = new RunningExperiments(after);
        route.spec().hosts().stream()
                .flatMap(host -> running.on(route.name(), route.spec(), host).stream())
                .findFirst()
                .ifPresent(experiment -> findings.add(
                        "the pool of route " + route.name() + ", which the experiment " + experiment.name()
                                + " divides",
                        "pools of routes on which no experiment runs"));
    }

    private Optional<String> canary(String name, RouteSpec route) {
        return route.action() instanceof Forward forward
                ? after.canaries().values().stream()
                        .filter(canary -> divides(canary.spec(), name, forward))
                        .map(Resource::name)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean divides(CanarySpec canary, String route, Forward forward) {
        return canary.isUnderWay()
                && canary.isFor(route)
                && forward.to() instanceof Destination.Pools
                && forward.poolNames().contains(canary.stable());
    }
}
