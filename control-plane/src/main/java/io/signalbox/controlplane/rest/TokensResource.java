package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.authentication.Tokens;
import io.signalbox.controlplane.authentication.Tokens.Created;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import io.signalbox.controlplane.store.StoredToken;
import io.signalbox.controlplane.validation.Violation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * Tokens: made by name, never changed, revoked. By PUT and not by POST, so that no answer to be repeated by its
 * idempotency key, and with it the secret, is ever kept.
 */
@Path("/api/v1/tokens")
@Needs(Role.ADMIN)
public final class TokensResource {
    private final Tokens tokens;
    private final RequestSchemas schemas;
    private final InstantSource time;

    TokensResource(Tokens tokens, RequestSchemas schemas, InstantSource time) {
        this.tokens = tokens;
        this.schemas = schemas;
        this.time = time;
    }

    @GET
    @TakesQuery({Paging.PAGE_SIZE, Paging.PAGE_TOKEN})
    public Response list(@Context UriInfo uri) {
        Paging paging = Paging.of(new Query(uri), "tokens");
        tokens.refresh();
        Stream<StoredToken> rest = tokens.list().stream()
                .filter(token -> paging.after()
                        .map(last -> token.name().compareTo(last) > 0)
                        .orElse(true));
        return Answers.json(200, paging.page(rest, StoredToken::name, this::toJson))
                .build();
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name) {
        StoredToken token = existing(name);
        return Answers.json(200, toJson(token))
                .header(HttpHeaders.ETAG, Answers.etag(token.n()))
                .build();
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @TakesQuery({WriteOptions.DRY_RUN})
    public Response create(
            @PathParam("name") String name,
            @Auth Caller caller,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            InputStream body) {
        WriteOptions options = WriteOptions.of(new Query(uri), headers);
        KindResource.checkedName(name);
        TokenDraft draft = TokenDraft.parse(name, RequestBody.read(body, headers), schemas);
        checkIsNew(headers);
        tokens.refresh();
        checkIsPossible(name);
        if (options.dryRun()) {
            StoredToken token =
                    new StoredToken(draft.principal(), draft.expiresAt(), caller.getName(), time.instant(), 0);
            return created(token, toJson(token).put("dryRun", true));
        }
        Created made = tokens.create(draft.principal(), draft.expiresAt(), caller.getName(), options.reason())
                .orElseThrow(() -> new ProblemException(exists(name)));
        return created(
                made.token(), toJson(made.token()).put("secret", made.secret().text()));
    }

    @DELETE
    @Path("{name}")
    @TakesQuery({WriteOptions.DRY_RUN})
    public Response revoke(
            @PathParam("name") String name, @Auth Caller caller, @Context UriInfo uri, @Context HttpHeaders headers) {
        WriteOptions options = WriteOptions.of(new Query(uri), headers);
        Precondition precondition = Preconditions.forExisting(headers);
        StoredToken token = existing(name);
        if (precondition instanceof Precondition.Revision wanted && wanted.revision() != token.n()) {
            throw new ProblemException(notAsExpected("tokens/" + name + " is at " + Answers.etag(token.n())));
        }
        if (!options.dryRun() && !tokens.revoke(token, caller.getName(), options.reason())) {
            throw new ProblemException(notFound(name));
        }
        return Response.noContent().build();
    }

    private ObjectNode toJson(StoredToken token) {
        return TokenView.toJson(token, time.instant());
    }

    private static Response created(StoredToken token, ObjectNode body) {
        return Answers.json(201, body)
                .header(HttpHeaders.ETAG, Answers.etag(token.n()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .location(URI.create("/api/v1/tokens/" + token.name()))
                .build();
    }

    private static void checkIsNew(HttpHeaders headers) {
        if (!(Preconditions.forPut(headers) instanceof Precondition.MustNotExist)) {
            throw new ProblemException(Problem.invalid(new Violation(
                    "header.If-Match",
                    Found.quote(headers.getHeaderString(HttpHeaders.IF_MATCH)),
                    "If-None-Match: * in its place: a token is never changed, but revoked, and another one made")));
        }
    }

    private void checkIsPossible(String name) {
        if (tokens.isReserved(name)) {
            throw new ProblemException(Problem.of(
                    409,
                    "reserved",
                    "The name is taken",
                    "The configuration, or Signalbox itself, goes by " + name + "."));
        } else if (tokens.find(name).isPresent()) {
            throw new ProblemException(exists(name));
        } else if (tokens.list().size() >= Tokens.MOST) {
            throw new ProblemException(Problem.of(
                    409, "too-many-tokens", "There are too many tokens", "At most " + Tokens.MOST + "; revoke some."));
        }
    }

    private StoredToken existing(String name) {
        tokens.refresh();
        return tokens.find(name).orElseThrow(() -> new ProblemException(notFound(name)));
    }

    private static Problem exists(String name) {
        return notAsExpected("tokens/" + name + " exists");
    }

    private static Problem notAsExpected(String detail) {
        return Problem.of(412, "precondition-failed", "The resource is not as expected", detail);
    }

    private static Problem notFound(String name) {
        return Problem.notFound("tokens/" + name + " does not exist");
    }
}
