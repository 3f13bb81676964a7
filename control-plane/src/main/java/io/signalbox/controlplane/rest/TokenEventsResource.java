package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.store.TokenStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.OptionalLong;

/** Who made and revoked which token. Tokens are no part of the config, so this is not among the revisions. */
@Path("/api/v1/token-events")
@Needs(Role.ADMIN)
public final class TokenEventsResource {
    private final TokenStore store;

    TokenEventsResource(TokenStore store) {
        this.store = store;
    }

    @GET
    @TakesQuery({Paging.PAGE_SIZE, Paging.PAGE_TOKEN})
    public Response list(@Context UriInfo uri) {
        Paging paging = Paging.of(new Query(uri), "token-events");
        OptionalLong before = paging.after().stream()
                .mapToLong(last -> PastRevisions.number(last)
                        .orElseThrow(() ->
                                Query.wrong(Paging.PAGE_TOKEN, last, "the nextPageToken of another page of this list")))
                .findFirst();
        return Answers.json(
                        200,
                        paging.page(
                                store.events(before, paging.size() + 1).stream(),
                                event -> Long.toString(event.n()),
                                TokenView::toJson))
                .build();
    }
}
