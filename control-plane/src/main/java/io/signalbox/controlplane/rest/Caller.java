package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.change.Author;
import java.security.Principal;

/** Whose token a request came with. */
public record Caller(Author author) implements Principal {
    @Override
    public String getName() {
        return author.name();
    }
}
