package io.signalbox.controlplane.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much somebody may do. Each role may do all that the one before it may. */
public enum Role {
    /** Reads everything but who has which token. */
    VIEWER,
    /** Also shifts traffic: the endpoints of a pool, the weights of a split. */
    OPERATOR,
    /** Also writes every kind of resource. */
    EDITOR,
    /** Also gives and takes tokens, and overrides route tests. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As users write it: {@code editor}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> find(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
