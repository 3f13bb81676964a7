package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Access;
import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who calls, and may they? In front of one resource method. Tokens come as in RFC 6750, section 2.1: Dropwizard's own
 * filter also takes them from the query string, where they end up in logs.
 */
@Priority(Priorities.AUTHENTICATION)
final class AccessFilter implements ContainerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final Optional<Role> needed;

    /** @param needed empty for a method that does not say which role it needs: nobody may use it */
    AccessFilter(Tokens tokens, Optional<Role> needed) {
        this.tokens = tokens;
        this.needed = needed;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            return; // Jersey's own answer, which only says which methods there are
        }
        Principal principal = authenticate(request);
        if (needed.isEmpty()) {
            LOG.error(
                    "{} does not say which role it needs", request.getUriInfo().getPath());
            throw new ProblemException(Forbidden.toEverybody(principal));
        }
        if (Access.permit(principal, needed.get()) instanceof Decision.Refused refused) {
            throw new ProblemException(Forbidden.because(principal, refused));
        }
        request.setSecurityContext(new CallerContext(
                new Caller(principal), request.getSecurityContext().isSecure()));
    }

    private Principal authenticate(ContainerRequestContext request) {
        Optional<String> token = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
        return token.flatMap(tokens::find).orElseThrow(() -> new ProblemException(unauthorized(token.isPresent())));
    }

    private static Problem unauthorized(boolean wrongToken) {
        return Problem.of(
                        401,
                        "unauthorized",
                        "A valid token is needed",
                        wrongToken ? "The token is not valid." : "Send Authorization: Bearer TOKEN.")
                .withHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        wrongToken ? Forbidden.CHALLENGE + ", error=\"invalid_token\"" : Forbidden.CHALLENGE);
    }
}
