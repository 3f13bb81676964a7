package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import io.signalbox.controlplane.store.RevisionHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reverts revisions that nobody confirmed. Of what a revision changed, only that is reverted which nobody has changed
 * since: whoever wrote it later meant what they wrote. Any thread, on any number of replicas: each change holds only for
 * what the revision left, so the second one finds nothing to do.
 */
final class Reverts {
    private static final Logger LOG = LoggerFactory.getLogger(Reverts.class);

    private final Head head;
    private final RevisionHistory history;
    private final Confirmations confirmations;
    private final ApplyChanges changes;

    Reverts(Head head, RevisionHistory history, Confirmations confirmations, ApplyChanges changes) {
        this.head = head;
        this.history = history;
        this.confirmations = confirmations;
        this.changes = changes;
    }

    /** @param n claimed; it is settled afterwards, unless the store fails or others are faster each time */
    void revert(long n, Instant now) {
        RevisionChanges made = history.find(n).orElseThrow();
        Plan plan = Plan.of(made, head.refresh(), now);
        if (plan.changes().isEmpty()) {
            fail(n, "nothing is left to revert: all that it changed was written again since");
            return;
        }
        Outcome outcome = changes.apply(
                ChangeRequest.automatic(plan.changes(), plan.reason()).asRevertOf(n));
        if (outcome instanceof Outcome.Applied applied) {
            LOG.info("Reverted revision {}, which nobody confirmed, by revision {}", n, applied.revision());
        } else if (!outcome.isOvertaken()) {
            fail(n, "it cannot be reverted: " + outcome.inWords());
        }
    }

    private void fail(long n, String why) {
        LOG.warn("Revision {} was not confirmed and stays: {}", n, why);
        confirmations.fail(n, why);
    }

    private record Plan(List<Change> changes, String reason) {
        static Plan of(RevisionChanges made, Config head, Instant now) {
            long n = made.revision().n();
            List<Change> changes = new ArrayList<>();
            List<ResourceKey> kept = new ArrayList<>();
            for (ResourceChange change : made.changes()) {
                Optional<Resource<?>> current = head.find(change.key());
                boolean untouched = change.after().isPresent()
                        ? current.map(resource -> resource.revision() == n).orElse(false)
                        : current.isEmpty();
                if (untouched) {
                    back(change, n, now).ifPresent(changes::add);
                } else {
                    kept.add(change.key());
                }
            }
            String reason = "Revision " + n + " was not confirmed in time";
            return new Plan(changes, kept.isEmpty() ? reason : reason + "; kept, as written since: " + words(kept));
        }

        private static String words(List<ResourceKey> kept) {
            String most = kept.stream().limit(10).map(ResourceKey::toString).collect(Collectors.joining(", "));
            return kept.size() > 10 ? most + " and " + (kept.size() - 10) + " more" : most;
        }

        private static Optional<Change> back(ResourceChange change, long n, Instant now) {
            Precondition asLeft =
                    change.after().isPresent() ? new Precondition.Revision(n) : new Precondition.MustNotExist();
            Optional<RevisionChanges.State> before =
                    change.before().filter(state -> !(state.spec() instanceof RouteSpec route && route.isExpired(now)));
            if (before.isPresent()) {
                RevisionChanges.State state = before.get();
                return Optional.of(new Change.Put(change.key(), asLeft, Optional.of(state.labels()), state.spec()));
            }
            return change.after().map(after -> new Change.Delete(change.key(), asLeft));
        }
    }
}
