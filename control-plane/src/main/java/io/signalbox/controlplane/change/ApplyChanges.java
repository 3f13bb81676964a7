package io.signalbox.controlplane.change;

import io.signalbox.controlplane.change.Outcome.IndexedViolation;
import io.signalbox.controlplane.change.Outcome.Preview;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.ConfigStore;
import io.signalbox.controlplane.store.KeyedAnswer;
import io.signalbox.controlplane.store.KeyedAnswers;
import io.signalbox.controlplane.store.NewRevision;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.StoreUnavailable;
import io.signalbox.controlplane.validation.Violation;
import io.signalbox.controlplane.validation.Warning;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a set of changes, all or nothing, as one revision. The only writer of config. Any thread.
 *
 * <p>The writers of one process take turns, so that the revision they start from is seldom taken by the time they commit;
 * when another replica took it, they catch up and decide anew. What comes while a commit is under way is committed
 * together afterwards, each request as a revision of its own. Every answer holds for the newest revision: a refusal, and
 * an answer that there was nothing to change, is given only after the store has confirmed that no replica has changed
 * anything since.
 */
public final class ApplyChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyChanges.class);

    /** How long to go on when other replicas are faster each time. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Head head;
    private final ConfigStore store;
    private final KeyedAnswers answers;
    private final Rehearsal rehearsal;
    private final Consumer<Config> committed;
    private final InstantSource time;
    private final WriteQueue queue = new WriteQueue(this::decide);

    /**
     * @param rehearsal called by one thread at a time
     * @param committed told the newest config after each commit of this process, in the order of their revisions and
     *     before the authors hear of it; must not block
     */
    public ApplyChanges(
            Head head,
            ConfigStore store,
            KeyedAnswers answers,
            Rehearsal rehearsal,
            Consumer<Config> committed,
            InstantSource time) {
        this.head = head;
        this.store = store;
        this.answers = answers;
        this.rehearsal = rehearsal;
        this.committed = committed;
        this.time = time;
    }

    /**
     * @throws StoreUnavailable when the store does not answer; it says whether the changes may have been made nevertheless
     */
    public Outcome apply(ChangeRequest request) {
        return queue.submit(request);
    }

    /** How many requests wait for their turn. */
    public int waiting() {
        return queue.size();
    }

    private void decide(List<WriteQueue.Entry> batch) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try {
            boolean decided = false;
            while (!decided) {
                if (System.nanoTime() > giveUp) {
                    throw StoreUnavailable.busy("Other control planes were faster each time");
                }
                decided = attempt(batch);
            }
        } catch (StoreUnavailable e) {
            batch.forEach(entry -> entry.fail(e));
        } catch (RuntimeException e) {
            decideAlone(batch, e);
        }
    }

    /** One request must not make the others fail that happen to be in the same batch. Nothing is committed yet. */
    private void decideAlone(List<WriteQueue.Entry> batch, RuntimeException failure) {
        if (batch.size() == 1) {
            batch.get(0).fail(failure);
        } else {
            batch.forEach(entry -> decide(List.of(entry)));
        }
    }

    /** @return false when there was a newer config, which is in {@link #head} now */
    private boolean attempt(List<WriteQueue.Entry> batch) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS); // as exact as the database keeps it
        Config base = head.get();
        Replays replays = Replays.read(
                answers, batch.stream().map(WriteQueue.Entry::request).toList(), now);
        Config config = base;
        List<NewRevision> revisions = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (WriteQueue.Entry entry : batch) {
            ChangeRequest request = entry.request();
            Config current = config;
            Judgement judgement =
                    replays.find(request).map(Judgement::nothingToWrite).orElseGet(() -> judge(current, request, now));
            outcomes.add(judgement.outcome());
            replays.remember(request, judgement.outcome());
            if (judgement.revision().isPresent()) {
                revisions.add(judgement.revision().get());
                config = judgement.revision().get().after();
            }
        }
        boolean wasNewest =
                revisions.isEmpty() ? isNewest(base, replays.fresh()) : commit(revisions, replays.fresh(), config);
        if (wasNewest) {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).decide(outcomes.get(i));
            }
        }
        return wasNewest;
    }

    private boolean isNewest(Config base, List<KeyedAnswer> toRemember) {
        boolean stillNewest = head.refresh().revision() == base.revision();
        return stillNewest && (toRemember.isEmpty() || answers.remember(toRemember, base.revision()));
    }

    private boolean commit(List<NewRevision> revisions, List<KeyedAnswer> toRemember, Config after) {
        if (!store.commit(revisions, toRemember)) {
            head.refresh();
            return false;
        }
        head.advance(after);
        try {
            committed.accept(after);
        } catch (RuntimeException e) { // the changes are made, whatever becomes of the news
            LOG.error("Revision {} is committed, and could not be passed on", after.revision(), e);
        }
        return true;
    }

    /** @param revision empty when nothing is to be written */
    private record Judgement(Outcome outcome, Optional<NewRevision> revision) {
        static Judgement nothingToWrite(Outcome outcome) {
            return new Judgement(outcome, Optional.empty());
        }
    }

    private Judgement judge(Config config, ChangeRequest request, Instant now) {
        Optional<Outcome> refused = Refusals.ofRequest(config, request);
        if (refused.isPresent()) {
            return Judgement.nothingToWrite(refused.get());
        }
        Draft draft = Draft.of(config, request, now);
        refused = draft.changesNothing()
                ? Optional.empty()
                : Refusals.ofAuthor(draft, request.author())
                        .or(() -> Refusals.ofDraft(draft, request, now))
                        .or(() -> unpublishable(draft, request));
        if (refused.isPresent()) {
            return Judgement.nothingToWrite(refused.get());
        }
        RouteTestOutcome tests = RouteTestOutcome.of(
                draft,
                draft.changesNothing() ? Rehearsal.Findings.NONE : rehearsal.look(draft.before(), draft.after()));
        return tests.refusal(request)
                .map(Judgement::nothingToWrite)
                .orElseGet(() -> accept(draft, request, tests, now));
    }

    private Judgement accept(Draft draft, ChangeRequest request, RouteTestOutcome tests, Instant now) {
        Config after = draft.after();
        List<Warning> warnings = tests.warnings(draft);
        if (draft.changesNothing() || request.dryRun()) {
            return Judgement.nothingToWrite(new Outcome.Applied(
                    draft.before().revision(), draft.written(), after, preview(draft, request), warnings));
        }
        Revision revision = new Revision(after.revision(), request.author().name(), tests.reason(request), now);
        return new Judgement(
                new Outcome.Applied(after.revision(), draft.written(), after, Optional.empty(), warnings),
                Optional.of(new NewRevision(
                        revision,
                        after,
                        draft.changed(),
                        request.confirmWithin().map(now::plus),
                        request.reverts())));
    }

    private Optional<Preview> preview(Draft draft, ChangeRequest request) {
        return request.dryRun()
                ? Optional.of(new Preview(draft.before(), rehearsal.compare(draft.before(), draft.after())))
                : Optional.empty();
    }

    /** Validation should have found what is wrong; a change that slips through must not stop all later ones. */
    private Optional<Outcome> unpublishable(Draft draft, ChangeRequest request) {
        List<IndexedViolation> violations;
        try {
            violations = rehearsal.rehearse(draft.after()).stream()
                    .map(violation -> Refusals.indexed(violation, request))
                    .toList();
        } catch (RuntimeException e) {
            LOG.error("A change to {} cannot be published", draft.changed(), e);
            Violation violation = new Violation(
                    "", "a change that proxies cannot be given: " + e.getMessage(), "a config that can be published");
            violations = List.of(new IndexedViolation(0, violation));
        }
        if (violations.isEmpty()) {
            return Optional.empty();
        }
        LOG.error("A change to {} passed validation and cannot be published; refused: {}", draft.changed(), violations);
        return Optional.of(new Outcome.Unpublishable(violations));
    }
}
