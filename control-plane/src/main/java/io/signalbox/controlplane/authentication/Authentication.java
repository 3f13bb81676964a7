package io.signalbox.controlplane.authentication;

import io.signalbox.controlplane.access.Principal;

/** What a bearer token turned out to be. */
public sealed interface Authentication {
    record Accepted(Principal principal) implements Authentication {}

    /** It is none of ours, or no longer. */
    record Rejected() implements Authentication {}

    /**
     * It is genuine, and nothing says what its bearer may do.
     *
     * @param name of the bearer
     */
    record WithoutRole(String name) implements Authentication {}

    /** Whether it is genuine cannot be found out now. */
    record Unknowable(String why) implements Authentication {}
}
