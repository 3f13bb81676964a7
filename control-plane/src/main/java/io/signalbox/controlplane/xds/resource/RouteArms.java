package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ResolvedExperiment;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.LayerPrime;
import io.signalbox.controlplane.xds.Membership;
import io.signalbox.controlplane.xds.Membership.How;
import io.signalbox.controlplane.xds.resource.ExperimentArms.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the routes mean that a divided route becomes on proxies, for those who explain where requests go. */
public final class RouteArms {
    private RouteArms() {}

    /**
     * Of each of them, in the order in which they are tried, whose its arms are, in the order of its clusters; empty for a
     * route that nothing divides.
     */
    public static List<List<Optional<Membership>>> of(ResolvedRoutes.Route route) {
        if (!route.experiments().isEmpty()) {
            return ofExperiments(((Forward) route.action()).pools(), route.experiments());
        } else if (!route.canaries().isEmpty()) {
            return CanarySplits.of((Forward) route.action(), route.canaries()).stream()
                    .map(CanarySplits.Split::members)
                    .toList();
        }
        return List.of();
    }

    /** The order is that of {@link ExperimentSplits}. */
    private static List<List<Optional<Membership>>> ofExperiments(
            List<WeightedPool> pools, List<ResolvedExperiment> experiments) {
        List<List<Optional<Membership>>> routes = new ArrayList<>();
        for (ResolvedExperiment experiment : experiments) {
            if (experiment.cookie().isPresent()) {
                for (Variant variant : experiment.variants()) {
                    routes.add(members(ExperimentArms.forced(pools, experiment, variant), How.FORCED));
                }
            }
        }
        int total = LayerPrime.of(experiments.get(0).layer());
        List<Arm> divided = ExperimentArms.divided(pools, experiments, total);
        routes.add(members(ExperimentArms.again(divided), How.KNOWN));
        routes.add(members(divided, How.NEW));
        return routes;
    }

    private static List<Optional<Membership>> members(List<Arm> arms, How how) {
        return arms.stream()
                .map(arm -> arm.exposure()
                        .<Membership>map(exposure ->
                                new Membership.OfExperiment(exposure.experiment(), exposure.variant(), how)))
                .toList();
    }
}
