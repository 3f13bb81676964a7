package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Access;
import io.signalbox.controlplane.access.Decision;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.authentication.Authentication;
import io.signalbox.controlplane.authentication.Authenticator;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Authenticator authenticator;
    private final RateLimits limits;
    private final Optional<Role> needed;
    private final Supplier<String> address;

    /**
     * @param needed empty for a method that does not say which role it needs: nobody may use it
     * @param address where the request at hand comes from
     */
    AccessFilter(Authenticator authenticator, RateLimits limits, Optional<Role> needed, Supplier<String> address) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.needed = needed;
        this.address = address;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            return; // Jersey's own answer, which only says which methods there are
        }
        Principal principal = authenticate(request);
        limits.count(principal, !READING.contains(request.getMethod()));
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
        if (token.isEmpty()) {
            throw new ProblemException(unauthorized("Send Authorization: Bearer TOKEN.", Forbidden.CHALLENGE));
        }
        Authentication result = authenticator.authenticate(token.get());
        if (result instanceof Authentication.Accepted accepted) {
            return accepted.principal();
        } else if (result instanceof Authentication.Unknowable unknowable) {
            throw new ProblemException(
                    Problem.of(503, "unavailable", "It cannot be found out who you are", unknowable.why())
                            .withHeader(HttpHeaders.RETRY_AFTER, "1"));
        } else if (result instanceof Authentication.WithoutRole someone) {
            throw new ProblemException(Forbidden.withoutRole(someone.name()));
        }
        limits.countFailure(address.get());
        throw new ProblemException(
                unauthorized("The token is not valid.", Forbidden.CHALLENGE + ", error=\"invalid_token\""));
    }

    private static Problem unauthorized(String detail, String challenge) {
        return Problem.of(401, "unauthorized", "A valid token is needed", detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
}
