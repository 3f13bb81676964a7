package io.signalbox.controlplane.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of a revision that is reverted unless somebody confirms it.
 *
 * @param deadline from then on it is too late to confirm
 * @param confirmedBy the name of the token, once it is confirmed
 * @param revertedBy the revision that reverted it, once there is one
 * @param message why it could not be reverted, where that failed
 */
public record Confirmation(
        long revision,
        Instant deadline,
        State state,
        Optional<String> confirmedBy,
        OptionalLong revertedBy,
        Optional<String> message) {
    public enum State {
        PENDING,
        CONFIRMED,
        REVERTED,
        /** Nobody confirmed it, and it stays all the same. */
        FAILED
    }
}
