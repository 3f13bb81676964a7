package io.signalbox.controlplane.change;

import io.signalbox.controlplane.access.Principal;
import java.util.List;
import java.util.Optional;

/**
 * Changes that happen together or not at all.
 *
 * @param changes at least one; at most one for each key
 * @param author whose name the history gets, and who must be permitted to make each of the changes
 * @param reason in the author's words, for the history
 * @param dryRun whether to stop right before the commit
 */
public record ChangeRequest(List<Change> changes, Principal author, Optional<String> reason, boolean dryRun) {
    public ChangeRequest {
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a request without changes");
        }
    }
}
