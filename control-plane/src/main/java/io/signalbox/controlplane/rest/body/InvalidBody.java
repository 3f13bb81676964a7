package io.signalbox.controlplane.rest.body;

import io.signalbox.controlplane.validation.Violation;

/** A body that cannot be read any further. */
public final class InvalidBody extends Exception {
    private final transient Violation violation;

    InvalidBody(String field, String found, String expected) {
        super(found);
        this.violation = new Violation(field, found, expected);
    }

    public Violation violation() {
        return violation;
    }
}
