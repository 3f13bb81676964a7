package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionHistory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.OptionalLong;

/** The history. */
@Path("/api/v1/revisions")
@Needs(Role.VIEWER)
public final class RevisionsResource {
    /** Not what only looks like a number: {@code 5:rollback} is a path of its own, also for methods that it has not. */
    static final String REVISION = "{revision: [^/:]+}";

    private final RevisionHistory history;
    private final Confirmations confirmations;
    private final PastRevisions past;

    RevisionsResource(RevisionHistory history, Confirmations confirmations, PastRevisions past) {
        this.history = history;
        this.confirmations = confirmations;
        this.past = past;
    }

    @GET
    @TakesQuery({Paging.PAGE_SIZE, Paging.PAGE_TOKEN})
    public Response list(@Context UriInfo uri) {
        Paging paging = Paging.of(new Query(uri), "revisions");
        OptionalLong before = paging.after()
                .map(last -> OptionalLong.of(PastRevisions.number(last)
                        .orElseThrow(() -> Query.wrong(
                                Paging.PAGE_TOKEN, last, "the nextPageToken of another page of this list"))))
                .orElse(OptionalLong.empty());
        List<Revision> revisions = history.list(before, paging.size() + 1);
        return Answers.json(
                        200,
                        paging.page(revisions.stream(), revision -> Long.toString(revision.n()), RevisionView::toJson))
                .build();
    }

    @GET
    @Path(REVISION)
    public Response get(@PathParam("revision") String revision) {
        return PastRevisions.number(revision)
                .flatMap(history::find)
                .map(changes -> RevisionView.toJson(
                        changes, confirmations.find(changes.revision().n())))
                .map(json -> Answers.json(200, json).build())
                .orElseThrow(PastRevisions::unknown);
    }

    @GET
    @Path(REVISION + "/config")
    public Response config(@PathParam("revision") String revision) {
        return Answers.json(200, RevisionView.toJson(past.config(revision))).build();
    }
}
