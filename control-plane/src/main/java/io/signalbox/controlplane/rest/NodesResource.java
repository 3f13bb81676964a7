package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.load.Ledger;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import io.signalbox.controlplane.xds.serve.Nodes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The proxies. */
@Path("/api/v1/nodes")
@Needs(Role.VIEWER)
public final class NodesResource {
    private final Nodes nodes;
    private final Ledger loads;

    NodesResource(Nodes nodes, Ledger loads) {
        this.nodes = nodes;
        this.loads = loads;
    }

    @GET
    @TakesQuery({Paging.PAGE_SIZE, Paging.PAGE_TOKEN})
    public Response list(@Context UriInfo uri) {
        Paging paging = Paging.of(new Query(uri), "nodes");
        Stream<NodeStatus> rest = nodes.list().stream()
                .filter(node -> paging.after()
                        .map(last -> node.id().compareTo(last) > 0)
                        .orElse(true));
        Map<String, Instant> reporters = new HashMap<>();
        loads.reporters().forEach(reporter -> reporters.put(reporter.node(), reporter.lastReport()));
        return Answers.json(
                        200,
                        paging.page(
                                rest,
                                NodeStatus::id,
                                node -> NodeView.toJson(node, Optional.ofNullable(reporters.get(node.id())))))
                .build();
    }
}
