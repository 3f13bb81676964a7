package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.load.LatencyHistory;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.progress.ExperimentWatch;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import io.signalbox.controlplane.xds.serve.Nodes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the variants of experiments do. */
@Path("/api/v1/experiments/{name}/report")
@Needs(Role.VIEWER)
public final class ExperimentReportResource {
    private static final String SINCE = "since";

    private final Head head;
    private final ExperimentWatch experiments;
    private final LatencyHistory proxies;
    private final Nodes nodes;
    private final InstantSource time;

    ExperimentReportResource(
            Head head, ExperimentWatch experiments, LatencyHistory proxies, Nodes nodes, InstantSource time) {
        this.head = head;
        this.experiments = experiments;
        this.proxies = proxies;
        this.nodes = nodes;
        this.time = time;
    }

    @GET
    @TakesQuery(SINCE)
    public Response get(@PathParam("name") String name, @Context UriInfo uri) {
        Resource<ExperimentSpec> experiment = Optional.ofNullable(
                        head.get().experiments().get(name))
                .orElseThrow(() -> new ProblemException(Refusals.notFound(new ResourceKey(Kind.EXPERIMENT, name))));
        Optional<Instant> since = new Query(uri)
                .find(SINCE)
                .map(text -> Query.instant(SINCE, text).truncatedTo(ChronoUnit.HOURS));
        ExperimentReportView.Fleet fleet =
                ExperimentReportView.Fleet.of(proxies.latencyReporters(), connected(), time.instant());
        return Answers.json(
                        200,
                        ExperimentReportView.toJson(
                                experiment,
                                since,
                                experiments.report(name, experiment.spec(), since.orElse(Instant.EPOCH)),
                                fleet))
                .build();
    }

    private Set<String> connected() {
        return nodes.list().stream()
                .filter(NodeStatus::connected)
                .map(NodeStatus::id)
                .collect(Collectors.toSet());
    }
}
