package io.signalbox.controlplane.alert;

import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import java.util.Locale;
import java.util.Optional;

/** How a canary moves. In JSON lower case. */
public enum Transition {
    /** The first users are on it. */
    STARTED,
    /** It is on a later step. */
    ADVANCED,
    /** It keeps the share that it has, whatever the steps say. */
    HELD,
    /** The steps count again. */
    RESUMED,
    /** Its share is another one, for whatever other reason. */
    CHANGED,
    /** The routes send to the canary pool. */
    PROMOTED,
    /** It is over: the canary pool has taken the stable one's place. */
    SUCCEEDED,
    /** It is over: everybody is back on the stable pool. */
    FAILED,
    /** It is gone, though it was under way or promoted: nobody watches any more, and nothing leads back. */
    DELETED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param before empty where there was none
     * @param after empty where there is none any more
     * @return empty where the canary is where it was, whatever else about it is new
     */
    static Optional<Transition> between(Optional<CanarySpec> before, Optional<CanarySpec> after) {
        if (before.isPresent() && after.isPresent()) {
            return between(before.get(), after.get());
        }
        return before.filter(CanarySpec::keepsPools)
                .map(gone -> DELETED)
                .or(() -> after.filter(CanarySpec::keepsPools) // by a rollback
                        .map(back -> into(back.state().phase())));
    }

    private static Optional<Transition> between(CanarySpec before, CanarySpec after) {
        if (before.state().phase() != after.state().phase()) {
            return Optional.of(into(after.state().phase()));
        }
        return after.isUnderWay() ? underWay(before, after) : Optional.empty();
    }

    private static Transition into(Phase phase) {
        return switch (phase) {
            case INITIALIZED -> CHANGED; // by a rollback
            case PROGRESSING -> STARTED;
            case PROMOTED -> PROMOTED;
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
        };
    }

    private static Optional<Transition> underWay(CanarySpec before, CanarySpec after) {
        boolean isSameShare = before.share() == after.share();
        if (after.weight().isPresent()) {
            return isSameShare
                    ? Optional.of(HELD).filter(held -> before.weight().isEmpty())
                    : Optional.of(CHANGED);
        } else if (before.weight().isPresent()) {
            return Optional.of(RESUMED);
        } else if (after.state().step() > before.state().step()) {
            return Optional.of(ADVANCED);
        }
        return isSameShare ? Optional.empty() : Optional.of(CHANGED);
    }
}
