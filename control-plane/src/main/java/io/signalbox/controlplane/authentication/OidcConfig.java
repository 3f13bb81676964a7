package io.signalbox.controlplane.authentication;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose JWTs to take, and for what.
 *
 * @param issuer as in the {@code iss} claim; its keys are found through {@code ISSUER/.well-known/openid-configuration}
 * @param audience what the {@code aud} claim must hold, so that a JWT for something else opens nothing here
 * @param nameClaim what calls the bearer by name: {@code sub}, {@code email}
 * @param prefix goes before the name in the history: {@code oidc:alice}
 * @param grants the first one that fits says what the bearer may do; at least one
 */
public record OidcConfig(URI issuer, String audience, String nameClaim, String prefix, List<Grant> grants) {
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9-]{1,32}");

    public OidcConfig {
        grants = List.copyOf(grants);
        boolean loopback = List.of("127.0.0.1", "[::1]", "localhost").contains(String.valueOf(issuer.getHost()));
        if (!"https".equals(issuer.getScheme()) && !("http".equals(issuer.getScheme()) && loopback)) {
            throw new IllegalArgumentException("oidc.issuer " + issuer + " (expected: an https URL)");
        } else if (audience.isBlank()) {
            throw new IllegalArgumentException("oidc.audience (expected: what the issuer calls this API)");
        } else if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("oidc.prefix " + prefix + " (expected: 1 to 32 of a-z, 0-9 and -)");
        } else if (grants.isEmpty()) {
            throw new IllegalArgumentException(
                    "oidc.grants is empty (expected: at least one, or nobody may do anything)");
        }
    }

    /**
     * What a claim is worth.
     *
     * @param claim its name; {@code realm_access.roles} is looked for by that name, then within {@code realm_access}
     * @param value what it must be, or hold if it is a list; empty for whatever it is
     */
    public record Grant(String claim, Optional<String> value, Role role, Scope scope) {
        public Grant {
            new Principal("a grant", role, scope); // says what does not go together
        }
    }
}
