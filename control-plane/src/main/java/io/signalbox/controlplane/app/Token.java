package io.signalbox.controlplane.app;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.access.Scope;
import io.signalbox.controlplane.authentication.ConfiguredToken;
import io.signalbox.controlplane.authentication.Secret;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What lets somebody into the API for as long as the configuration says so, known to us by its digest only.
 *
 * @param name who changes are said to be made by; it appears in the history
 * @param sha256 the SHA-256 of the token's UTF-8 bytes, 64 hexadecimal digits
 */
public record Token(String name, String sha256, Role role) {
    public Token {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (name.isBlank() || name.contains(":") || name.equals(Principal.SIGNALBOX.name())) {
            throw new IllegalArgumentException("token " + name + " (expected: a name without a colon, and not "
                    + Principal.SIGNALBOX.name() + ", which history keeps for what nobody asked for)");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the sha256 of token " + name
                    + " (expected: 64 hexadecimal digits, as of `printf %s TOKEN | sha256sum`)");
        }
    }

    /** An admin's. */
    public static Token of(String name, String secret) {
        return of(name, secret, Role.ADMIN);
    }

    public static Token of(String name, String secret, Role role) {
        return new Token(name, HexFormat.of().formatHex(new Secret(secret).digest()), role);
    }

    ConfiguredToken toConfigured() {
        return new ConfiguredToken(
                new Principal(name, role, Scope.EVERYTHING), HexFormat.of().parseHex(sha256));
    }
}
