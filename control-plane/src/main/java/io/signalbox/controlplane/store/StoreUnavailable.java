package io.signalbox.controlplane.store;

import org.jspecify.annotations.Nullable;

/** The database does not answer, or not in time. To try again later is right. */
public final class StoreUnavailable extends RuntimeException {
    private final boolean outcomeUnknown;

    StoreUnavailable(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Nothing was written, as too much else is. */
    public static StoreUnavailable busy(String message) {
        return new StoreUnavailable(message, false, null);
    }

    /** Whether it is a write that failed so late that it may have been made nevertheless. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
