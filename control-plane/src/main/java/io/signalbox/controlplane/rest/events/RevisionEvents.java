package io.signalbox.controlplane.rest.events;

import io.signalbox.controlplane.alert.CanaryAlert;
import io.signalbox.controlplane.model.Kind;
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
     * Some of the revisions after one, up to another, oldest first. What a revision did to canaries comes right before it:
     * only its own event has an id, so who comes again with that id has heard of both.
     */
    List<Event> after(long n, long upTo) {
        List<CommittedRevision> committed = history.after(n, AT_ONCE).stream()
                .filter(each -> each.revision().n() <= upTo)
                .toList();
        Map<Long, List<CanaryAlert>> canaries = canaries(n, committed);
        List<Event> events = new ArrayList<>();
        for (CommittedRevision each : committed) {
            canaries.getOrDefault(each.revision().n(), List.of()).forEach(alert -> events.add(Event.of(alert)));
            events.add(Event.of(each));
        }
        return events;
    }

    private Map<Long, List<CanaryAlert>> canaries(long n, List<CommittedRevision> committed) {
        boolean isAboutCanaries = committed.stream()
                .flatMap(each -> each.touched().stream())
                .anyMatch(touched -> touched.key().kind() == Kind.CANARY);
        if (!isAboutCanaries) {
            return Map.of();
        }
        long last = committed.get(committed.size() - 1).revision().n();
        List<RevisionChanges> changes = history.changesOf(Kind.CANARY, n, last, AT_ONCE);
        return changes.stream().collect(Collectors.toMap(each -> each.revision().n(), CanaryAlert::of));
    }
}
