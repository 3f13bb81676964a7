package io.signalbox.controlplane.access;

/**
 * Somebody who has proved who they are.
 *
 * @param name the name of a token; of who comes with a JWT the issuer's prefix, a colon and what the issuer calls them, so
 *     that nobody can pass for a token. It is the author of what they change
 * @param scope what they may write; they may read everything
 */
public record Principal(String name, Role role, Scope scope) {
    /** Signalbox itself, in what it does unasked: reverts, expiry. No token may have this name. */
    public static final Principal SIGNALBOX = new Principal("signalbox", Role.ADMIN, Scope.EVERYTHING);

    /** @throws IllegalArgumentException for a scope that would promise more than it keeps */
    public Principal {
        if (!scope.isEverything() && (role == Role.ADMIN || role == Role.VIEWER)) {
            throw new IllegalArgumentException("a scope for role " + role.word() + " (expected: none, as "
                    + (role == Role.ADMIN ? "an admin can make tokens for everything)" : "a viewer writes nothing)"));
        }
    }

    /** Who may do everything. */
    public static Principal admin(String name) {
        return new Principal(name, Role.ADMIN, Scope.EVERYTHING);
    }
}
