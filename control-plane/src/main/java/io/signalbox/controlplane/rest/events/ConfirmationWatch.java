package io.signalbox.controlplane.rest.events;

import io.signalbox.controlplane.store.Confirmation;
import io.signalbox.controlplane.store.Confirmations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What became of revisions that waited to be confirmed, on whichever replica. One thread. */
final class ConfirmationWatch {
    private final Confirmations confirmations;
    private Set<Long> pending = new HashSet<>();
    /** Up to this revision all that wait are known. */
    private long known;

    ConfirmationWatch(Confirmations confirmations, long known) {
        this.confirmations = confirmations;
        this.known = known;
    }

    /** Forgets what it knows: nobody wants to hear of it. */
    void start(long revision) {
        pending = new HashSet<>();
        known = revision;
    }

    /**
     * What was settled since the last look.
     *
     * @param newest a revision that is committed
     */
    List<Event> look(long newest) {
        Set<Long> now = new HashSet<>();
        List<Event> events = new ArrayList<>();
        for (Confirmation each : confirmations.pendingOrAfter(known)) {
            if (each.state() == Confirmation.State.PENDING) {
                now.add(each.revision());
            } else {
                pending.remove(each.revision());
                events.add(Event.of(each));
            }
            known = Math.max(known, each.revision()); // they become visible in the order of the revisions
        }
        pending.removeAll(now);
        pending.forEach(n -> confirmations.find(n).map(Event::of).ifPresent(events::add));
        pending = now;
        known = Math.max(known, newest);
        return events;
    }
}
