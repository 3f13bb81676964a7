package io.signalbox.controlplane.store;

/** The database does not answer, or not in time. To try again later is right. */
public final class StoreUnavailable extends RuntimeException {
    private final boolean outcomeUnknown;

    StoreUnavailable(String message, boolean outcomeUnknown, Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether it is a write that failed so late that it may have been made nevertheless. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
