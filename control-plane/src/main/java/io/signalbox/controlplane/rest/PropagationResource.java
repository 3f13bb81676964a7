package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.xds.serve.Nodes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** How far revisions got. */
@Path("/api/v1/revisions")
@Needs(Role.VIEWER)
public final class PropagationResource {
    private final Nodes nodes;
    private final PastRevisions past;

    PropagationResource(Nodes nodes, PastRevisions past) {
        this.nodes = nodes;
        this.past = past;
    }

    @GET
    @Path(RevisionsResource.REVISION + "/propagation")
    public Response propagation(@PathParam("revision") String revision) {
        return Answers.json(200, NodeView.propagation(past.existing(revision), nodes.list()))
                .build();
    }
}
