package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import io.signalbox.controlplane.xds.serve.Nodes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.stream.Stream;

/** The proxies. */
@Path("/api/v1/nodes")
@Needs(Role.VIEWER)
public final class NodesResource {
    private final Nodes nodes;

    NodesResource(Nodes nodes) {
        this.nodes = nodes;
    }

    @GET
    @TakesQuery({Paging.PAGE_SIZE, Paging.PAGE_TOKEN})
    public Response list(@Context UriInfo uri) {
        Paging paging = Paging.of(new Query(uri), "nodes");
        Stream<NodeStatus> rest = nodes.list().stream()
                .filter(node -> paging.after()
                        .map(last -> node.id().compareTo(last) > 0)
                        .orElse(true));
        return Answers.json(200, paging.page(rest, NodeStatus::id, NodeView::toJson))
                .build();
    }
}
