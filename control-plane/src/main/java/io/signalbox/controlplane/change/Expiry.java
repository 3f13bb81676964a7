package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes routes whose time is over. Each deletion holds only for the state that says so: a route that gets more time at
 * the same moment stays, and of several replicas one deletes it. One thread.
 */
final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private final Head head;
    private final ApplyChanges changes;
    /** Said once, not every second. */
    private final Set<Change> refused = new HashSet<>();

    Expiry(Head head, ApplyChanges changes) {
        this.head = head;
        this.changes = changes;
    }

    void delete(Instant now) {
        List<Change> expired = head.get().routes().values().stream()
                .filter(route -> route.spec().isExpired(now))
                .map(Expiry::deletion)
                .toList();
        if (!expired.isEmpty() && !isDone(apply(expired)) && expired.size() > 1) {
            expired.forEach(each -> apply(List.of(each))); // one that must stay does not keep the others
        }
    }

    private static Change deletion(Resource<RouteSpec> route) {
        return new Change.Delete(route.key(), new Precondition.Revision(route.revision()));
    }

    private Outcome apply(List<Change> expired) {
        String names =
                expired.stream().limit(10).map(each -> each.key().toString()).collect(Collectors.joining(", "));
        String more = expired.size() > 10 ? " and " + (expired.size() - 10) + " more" : "";
        Outcome outcome = changes.apply(ChangeRequest.automatic(expired, "Expired: " + names + more));
        if (!isDone(outcome) && expired.size() == 1 && refused.add(expired.get(0))) {
            LOG.warn("{} has expired and cannot be deleted: {}", names, outcome.inWords());
        }
        return outcome;
    }

    /** What others wrote at the same moment is looked at the next time. */
    private static boolean isDone(Outcome outcome) {
        return outcome instanceof Outcome.Applied || outcome.isOvertaken();
    }
}
