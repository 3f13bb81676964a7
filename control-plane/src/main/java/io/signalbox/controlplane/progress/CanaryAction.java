package io.signalbox.controlplane.progress;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done with a canary, by people or by the server itself. */
public enum CanaryAction {
    /** Puts the first users on it. */
    START,
    /** Goes on with the next step; after the last one it points the routes at the canary pool. */
    ADVANCE,
    /** Points the routes at the canary pool. */
    PROMOTE,
    /** Keeps the share that it has. */
    PAUSE,
    /** Gives the share back to the steps. */
    RESUME,
    /** Puts everybody on the stable pool, also after promotion. */
    ABORT,
    /** Ends the time in which one call leads back. */
    FINISH;

    /** As in the path: {@code :start}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CanaryAction> find(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
