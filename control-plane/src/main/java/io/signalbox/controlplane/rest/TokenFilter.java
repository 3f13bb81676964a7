package io.signalbox.controlplane.rest;

import io.dropwizard.auth.AuthFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * RFC 6750, section 2.1. Dropwizard's own filter for bearer tokens also takes them from the query string, where they end
 * up in logs.
 */
@Priority(Priorities.AUTHENTICATION)
final class TokenFilter extends AuthFilter<String, Caller> {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    TokenFilter(Tokens tokens) {
        this.tokens = tokens;
        this.authenticator = token -> tokens.find(token).map(Caller::new);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<String> token = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
        Optional<Caller> caller = token.flatMap(tokens::find).map(Caller::new);
        if (caller.isEmpty()) {
            throw new ProblemException(unauthorized(token.isPresent()));
        }
        request.setSecurityContext(
                new CallerContext(caller.get(), request.getSecurityContext().isSecure()));
    }

    private static Problem unauthorized(boolean wrongToken) {
        String challenge = "Bearer realm=\"signalbox\"";
        return Problem.of(
                        401,
                        "unauthorized",
                        "A valid token is needed",
                        wrongToken ? "The token is not valid." : "Send Authorization: Bearer TOKEN.")
                .withHeader(
                        HttpHeaders.WWW_AUTHENTICATE, wrongToken ? challenge + ", error=\"invalid_token\"" : challenge);
    }
}
