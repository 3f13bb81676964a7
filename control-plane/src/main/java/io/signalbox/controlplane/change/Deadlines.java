package io.signalbox.controlplane.change;

import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.RevisionHistory;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the server does by itself when its time has come: it reverts revisions that nobody confirmed, deletes routes that
 * have expired, and starts and stops experiments. Everything it has to know is in the database, so it does not matter which replica does it, nor
 * whether that one survives doing it.
 */
public final class Deadlines {
    private final Confirmations confirmations;
    private final Reverts reverts;
    private final Expiry expiry;
    private final ExperimentWindows windows;
    private final InstantSource time;

    public Deadlines(
            Head head, RevisionHistory history, Confirmations confirmations, ApplyChanges changes, InstantSource time) {
        this.confirmations = confirmations;
        this.reverts = new Reverts(head, history, confirmations, changes);
        this.expiry = new Expiry(head, changes);
        this.windows = new ExperimentWindows(head, changes);
        this.time = time;
    }

    /**
     * Does all that is due. One thread at a time; to be called again and again.
     *
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the store does not answer; the rest is for next time
     */
    public void meet() {
        Instant now = time.instant();
        confirmations.claimOverdue(now).forEach(n -> reverts.revert(n, now));
        expiry.delete(now);
        windows.open(now);
    }
}
