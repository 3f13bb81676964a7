package io.signalbox.controlplane.change;

import io.signalbox.controlplane.change.Outcome.IndexedViolation;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.ConfigStore;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.StoreUnavailable;
import io.signalbox.controlplane.validation.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a set of changes, all or nothing, as one revision. The only writer of config. Any thread.
 *
 * <p>The writers of one process take turns, in the order of their arrival, so that the revision a writer starts from is
 * seldom taken by the time it commits; when another replica took it, the writer catches up and decides anew. Every answer
 * holds for the newest revision: a refusal, and an answer that there was nothing to change, is given only after the store
 * has confirmed that no replica has changed anything since.
 */
public final class ApplyChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyChanges.class);

    /** How long a request waits for its turn, and then how long it goes on when other replicas are always faster. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Head head;
    private final ConfigStore store;
    private final Rehearsal rehearsal;
    private final Consumer<Config> committed;
    private final InstantSource time;
    private final ReentrantLock turn = new ReentrantLock(true);

    /**
     * @param rehearsal called by one writer at a time
     * @param committed told each config this process commits, in the order of their revisions, before the author hears
     *     of it; must not block
     */
    public ApplyChanges(
            Head head, ConfigStore store, Rehearsal rehearsal, Consumer<Config> committed, InstantSource time) {
        this.head = head;
        this.store = store;
        this.rehearsal = rehearsal;
        this.committed = committed;
        this.time = time;
    }

    /**
     * @throws StoreUnavailable when the store does not answer; it says whether the changes may have been made nevertheless
     */
    public Outcome apply(ChangeRequest request) {
        if (!isMyTurn()) {
            throw StoreUnavailable.busy("Too many writes are waiting for the database");
        }
        try {
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < giveUp) {
                Optional<Outcome> outcome = attempt(request, head.get());
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
            throw StoreUnavailable.busy("Other control planes were faster each time");
        } finally {
            turn.unlock();
        }
    }

    /** @return empty when {@code base} is no longer the newest config, and {@link #head} is */
    private Optional<Outcome> attempt(ChangeRequest request, Config base) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS); // as exact as the database keeps it
        Optional<Outcome> refused = Refusals.ofRequest(base, request);
        if (refused.isPresent()) {
            return ifNewest(base, refused.get());
        }
        Draft draft = Draft.of(base, request, now);
        if (draft.changesNothing()) {
            return ifNewest(base, new Outcome.Applied(base.revision(), draft.written()));
        }
        refused = Refusals.ofDraft(draft, request, now).or(() -> unpublishable(draft));
        if (refused.isPresent()) {
            return ifNewest(base, refused.get());
        }
        if (request.dryRun()) {
            return ifNewest(base, new Outcome.Applied(base.revision(), draft.written()));
        }
        return commit(request, draft, now);
    }

    private Optional<Outcome> commit(ChangeRequest request, Draft draft, Instant now) {
        Config after = draft.after();
        Revision revision = new Revision(after.revision(), request.author().name(), request.reason(), now);
        if (!store.commit(revision, after, draft.changed())) {
            head.refresh();
            return Optional.empty();
        }
        head.advance(after);
        committed.accept(after);
        return Optional.of(new Outcome.Applied(after.revision(), draft.written()));
    }

    private Optional<Outcome> ifNewest(Config base, Outcome outcome) {
        return head.refresh().revision() == base.revision() ? Optional.of(outcome) : Optional.empty();
    }

    /** Validation should have found what is wrong; a change that slips through must not stop all later ones. */
    private Optional<Outcome> unpublishable(Draft draft) {
        try {
            rehearsal.rehearse(draft.after());
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.error("A change to {} passed validation and cannot be published; refused", draft.changed(), e);
            Violation violation = new Violation(
                    "", "a change that proxies cannot be given: " + e.getMessage(), "a config that can be published");
            return Optional.of(new Outcome.Invalid(List.of(new IndexedViolation(0, violation))));
        }
    }

    private boolean isMyTurn() {
        try {
            return turn.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
