package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.validation.Violation;

/** A request that cannot be explained, as it could not be made. */
public final class UnfitRequest extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Violation violation;

    UnfitRequest(Violation violation) {
        super(violation.field() + ": " + violation.message());
        this.violation = violation;
    }

    public Violation violation() {
        return violation;
    }
}
