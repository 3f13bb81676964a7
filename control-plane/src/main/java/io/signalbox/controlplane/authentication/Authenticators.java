package io.signalbox.controlplane.authentication;

import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tokens of ours first, then the JWTs of an issuer. */
public final class Authenticators {
    /** Three parts in base64url, the first a JSON object: RFC 7515, section 3.1. */
    private static final Pattern JWT = Pattern.compile("ey[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private Authenticators() {}

    public static Authenticator of(Tokens tokens, Optional<OidcConfig> oidc, InstantSource time) {
        return oidc.<Authenticator>map(config -> withJwts(tokens, new Oidc(config, time)))
                .orElse(tokens);
    }

    private static Authenticator withJwts(Authenticator tokens, Authenticator jwts) {
        return token -> {
            Authentication result = tokens.authenticate(token);
            return result instanceof Authentication.Rejected
                            && JWT.matcher(token).matches()
                    ? jwts.authenticate(token)
                    : result;
        };
    }
}
