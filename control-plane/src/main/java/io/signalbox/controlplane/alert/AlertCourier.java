package io.signalbox.controlplane.alert;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.alert.WebhookSender.Answer;
import io.signalbox.controlplane.store.AlertOutbox;
import io.signalbox.controlplane.store.AlertOutbox.NewAlert;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionHistory;
import io.signalbox.controlplane.store.StoredAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the alerts for one webhook and takes them there, each at least once. All it has to know is in the database, so it
 * does not matter which replica does it, nor whether that one survives doing it. One thread.
 */
public final class AlertCourier {
    private static final Logger LOG = LoggerFactory.getLogger(AlertCourier.class);

    /** How long a replica has an alert to itself: well beyond what an attempt takes. */
    static final Duration LEASE = WebhookSender.TIMEOUT.multipliedBy(3);

    private static final int REVISIONS_AT_ONCE = 100;
    private static final int ALERTS_AT_ONCE = 20;

    private final Webhook webhook;
    private final Sources sources;
    private final WebhookSender sender;
    private final InstantSource time;

    /** Up to this revision there is nothing to find. */
    private long searched = -1;

    public AlertCourier(Webhook webhook, Sources sources, WebhookSender sender, InstantSource time) {
        this.webhook = webhook;
        this.sources = sources;
        this.sender = sender;
        this.time = time;
    }

    /**
     * What it goes by.
     *
     * @param newest the newest revision that is known to be committed
     */
    public record Sources(RevisionHistory history, AlertOutbox outbox, LongSupplier newest) {}

    /**
     * From now on the webhook hears of what happens, if it has not before.
     *
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer
     */
    public void begin() {
        searched = sources.outbox().begin(webhook.name());
    }

    /**
     * Gives up what is too old, whichever webhook it is for: also one that is configured no more.
     *
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer
     */
    public static void giveUpOld(AlertOutbox outbox, Instant now) {
        int old = outbox.removeOld(now.minus(BackOff.GIVES_UP_AFTER));
        if (old > 0) {
            LOG.error("{} alerts that were older than {} are given up", old, BackOff.GIVES_UP_AFTER);
        }
    }

    /**
     * Looks for alerts, and sends what is due. To be called again and again.
     *
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer; the rest is for next time
     */
    public void look() {
        search(sources.newest().getAsLong());
        boolean isGoingWell = true;
        for (int i = 0; i < ALERTS_AT_ONCE && isGoingWell; i++) {
            isGoingWell = claim().filter(this::deliver).isPresent();
        }
    }

    private void search(long newest) {
        if (newest <= searched) {
            return;
        }
        searched = sources.outbox().begin(webhook.name()); // others may be further
        if (newest > searched) {
            List<RevisionChanges> changes =
                    sources.history().changesOf(Alert.KINDS, searched, newest, REVISIONS_AT_ONCE);
            long last = changes.size() < REVISIONS_AT_ONCE
                    ? newest
                    : changes.get(changes.size() - 1).revision().n();
            sources.outbox().advance(webhook.name(), searched, last, alerts(changes));
        }
    }

    private List<NewAlert> alerts(List<RevisionChanges> changes) {
        Instant tooOld = time.instant().minus(BackOff.GIVES_UP_AFTER);
        return changes.stream()
                .filter(each -> each.revision().at().isAfter(tooOld) && isHeardOf(each))
                .flatMap(each -> Alert.of(each).stream())
                .map(alert -> new NewAlert(
                        alert.revision().n(), alert.body(), alert.revision().at()))
                .toList();
    }

    private boolean isHeardOf(RevisionChanges changes) {
        return webhook.authors() == Webhook.Authors.ALL
                || changes.revision().author().equals(Principal.SIGNALBOX.name());
    }

    private Optional<StoredAlert> claim() {
        Instant now = time.instant();
        return sources.outbox().claim(webhook.name(), now, now.plus(LEASE));
    }

    private boolean deliver(StoredAlert alert) {
        Answer answer = sender.send(webhook, alert.id().toString(), alert.body(), time.instant());
        if (answer instanceof Answer.NotTaken failure) {
            tryAgain(alert, failure);
            return false;
        }
        sources.outbox().remove(alert);
        LOG.info("Webhook {} took the alert of revision {}", webhook.name(), alert.revision());
        return true;
    }

    private void tryAgain(StoredAlert alert, Answer.NotTaken failure) {
        Instant next = time.instant().plus(BackOff.after(alert.attempts()));
        if (failure.isFinal() || !next.isBefore(alert.at().plus(BackOff.GIVES_UP_AFTER))) {
            sources.outbox().remove(alert);
            LOG.error(
                    "Webhook {}: the alert of revision {} is given up after {} attempts ({})",
                    webhook.name(),
                    alert.revision(),
                    alert.attempts(),
                    failure.why());
        } else {
            sources.outbox().putOff(alert, next);
            LOG.warn(
                    "Webhook {}: attempt {} to tell of revision {} failed ({}), again at {}",
                    webhook.name(),
                    alert.attempts(),
                    alert.revision(),
                    failure.why(),
                    next);
        }
    }
}
