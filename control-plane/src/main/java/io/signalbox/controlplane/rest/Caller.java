package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Principal;

/** Whose request it is. */
public record Caller(Principal author) implements java.security.Principal {
    @Override
    public String getName() {
        return author.name();
    }
}
