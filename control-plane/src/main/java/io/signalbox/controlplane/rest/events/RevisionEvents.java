package io.signalbox.controlplane.rest.events;

import io.signalbox.controlplane.alert.Alert;
import io.signalbox.controlplane.store.CommittedRevision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the history has to tell. Any thread. */
final class RevisionEvents {
    private static final int AT_ONCE = 100;

    private final RevisionHistory history;

    RevisionEvents(RevisionHistory history) {
        this.history = history;
    }

    /**
     * Some of the revisions after one, up to another, oldest first. What a revision did to canaries and experiments comes right before it:
     * only its own event has an id, so who comes again with that id has heard of both.
     */
    List<Event> after(long n, long upTo) {
        List<CommittedRevision> committed = history.after(n, AT_ONCE).stream()
                .filter(each -> each.revision().n() <= upTo)
                .toList();
        Map<Long, List<Alert>> alerts = alerts(n, committed);
        List<Event> events = new ArrayList<>();
        for (CommittedRevision each : committed) {
            alerts.getOrDefault(each.revision().n(), List.of()).forEach(alert -> events.add(Event.of(alert)));
            events.add(Event.of(each));
        }
        return events;
    }

    private Map<Long, List<Alert>> alerts(long n, List<CommittedRevision> committed) {
        boolean isAboutSuch = committed.stream()
                .flatMap(each -> each.touched().stream())
                .anyMatch(touched -> Alert.KINDS.contains(touched.key().kind()));
        if (!isAboutSuch) {
            return Map.of();
        }
        long last = committed.get(committed.size() - 1).revision().n();
        List<RevisionChanges> changes = history.changesOf(Alert.KINDS, n, last, AT_ONCE);
        return changes.stream().collect(Collectors.toMap(each -> each.revision().n(), Alert::of));
    }
}
