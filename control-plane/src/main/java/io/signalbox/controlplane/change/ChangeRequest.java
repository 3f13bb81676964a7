package io.signalbox.controlplane.change;

import io.signalbox.controlplane.access.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes that happen together or not at all.
 *
 * @param changes at least one, unless {@code madeFor} says which config they were found for; at most one for each key
 * @param author whose name the history gets, and who must be permitted to make each of the changes
 * @param reason in the author's words, for the history
 * @param dryRun whether to stop right before the commit
 * @param madeFor the only revision of the config that the changes fit; empty when they speak for themselves
 * @param keyed how to recognise the request when it comes again; never with a dry run
 * @param confirmWithin how long the revision stays unless somebody confirms it; empty for ever
 * @param reverts the unconfirmed revision that this one is the revert of
 * @param overrideRouteTests whether to make them even if route tests break; for admins, and with a reason
 */
public record ChangeRequest(
        List<Change> changes,
        Principal author,
        Optional<String> reason,
        boolean dryRun,
        OptionalLong madeFor,
        Optional<Keyed> keyed,
        Optional<Duration> confirmWithin,
        OptionalLong reverts,
        boolean overrideRouteTests) {
    public ChangeRequest {
        changes = List.copyOf(changes);
        if (changes.isEmpty() && madeFor.isEmpty()) {
            throw new IllegalArgumentException("a request without changes");
        }
        if (overrideRouteTests && reason.isEmpty()) {
            throw new IllegalArgumentException("route tests overridden for no reason");
        }
        if (dryRun && keyed.isPresent()) {
            throw new IllegalArgumentException("a dry run leaves nothing behind, so no key either");
        }
    }

    public ChangeRequest(List<Change> changes, Principal author, Optional<String> reason, boolean dryRun) {
        this(
                changes,
                author,
                reason,
                dryRun,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                false);
    }

    public ChangeRequest withKey(Optional<Keyed> key) {
        return new ChangeRequest(
                changes, author, reason, dryRun, madeFor, key, confirmWithin, reverts, overrideRouteTests);
    }

    public ChangeRequest confirmedWithin(Optional<Duration> time) {
        return new ChangeRequest(changes, author, reason, dryRun, madeFor, keyed, time, reverts, overrideRouteTests);
    }

    /** The server's own, unasked. */
    public static ChangeRequest automatic(List<Change> changes, String reason) {
        return new ChangeRequest(changes, Principal.SIGNALBOX, Optional.of(reason), false);
    }

    /** The same, for one revision of the config only. */
    public ChangeRequest onlyFor(long revision) {
        return new ChangeRequest(
                changes,
                author,
                reason,
                dryRun,
                OptionalLong.of(revision),
                keyed,
                confirmWithin,
                reverts,
                overrideRouteTests);
    }

    ChangeRequest asRevertOf(long n) {
        return new ChangeRequest(
                changes, author, reason, dryRun, madeFor, keyed, confirmWithin, OptionalLong.of(n), overrideRouteTests);
    }

    public ChangeRequest overridingRouteTests(boolean override) {
        return new ChangeRequest(changes, author, reason, dryRun, madeFor, keyed, confirmWithin, reverts, override);
    }
}
