package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.store.RevisionHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The changes that lead back to an earlier config. Each holds only for the state it replaces, so that nothing is undone
 * that whoever rolls back has not seen. Routes that have expired since are not brought back: that they go is what the
 * earlier config says. Any thread.
 */
public final class Rollback {
    private final RevisionHistory history;
    private final InstantSource time;

    public Rollback(RevisionHistory history, InstantSource time) {
        this.history = history;
        this.time = time;
    }

    /**
     * What makes {@code head} say what the config said at revision {@code n}; empty when it does already.
     *
     * @param n at most the revision of {@code head}
     * @throws io.signalbox.controlplane.store.StoreUnavailable when the database does not answer
     */
    public List<Change> to(long n, Config head) {
        return between(head, history.configAt(n, head), time.instant());
    }

    private static List<Change> between(Config head, Config past, Instant now) {
        SortedSet<ResourceKey> keys = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            head.all(kind).values().forEach(resource -> keys.add(resource.key()));
            past.all(kind).values().forEach(resource -> keys.add(resource.key()));
        }
        List<Change> changes = new ArrayList<>();
        for (ResourceKey key : keys) {
            back(key, head.find(key), past.find(key).filter(resource -> !isExpired(resource, now)))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private static Optional<Change> back(ResourceKey key, Optional<Resource<?>> current, Optional<Resource<?>> past) {
        Precondition asSeen = current.<Precondition>map(resource -> new Precondition.Revision(resource.revision()))
                .orElseGet(Precondition.MustNotExist::new);
        if (past.isEmpty()) {
            return current.map(resource -> new Change.Delete(key, asSeen));
        }
        Resource<?> then = past.get();
        boolean same = current.isPresent() && current.get().says(then.labels(), then.spec());
        return same
                ? Optional.empty()
                : Optional.of(new Change.Put(key, asSeen, Optional.of(then.labels()), then.spec()));
    }

    private static boolean isExpired(Resource<?> resource, Instant now) {
        return resource.spec() instanceof RouteSpec route && route.isExpired(now);
    }
}
