package io.signalbox.controlplane.change;

import io.signalbox.controlplane.change.Written.Result;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a request would make of a config.
 *
 * @param after the config with the changes, at the next revision; {@code before} itself when there are none
 * @param changed the keys of what differs from before; a change that changes nothing is not among them
 * @param written one for each change of the request, in its order
 */
record Draft(Config before, Config after, SortedSet<ResourceKey> changed, List<Written> written) {
    Draft {
        changed = Collections.unmodifiableSortedSet(changed);
        written = List.copyOf(written);
    }

    /** @param request what it deletes is there, and no key comes twice */
    static Draft of(Config before, ChangeRequest request, Instant now) {
        long revision = before.revision() + 1;
        Map<ResourceKey, Optional<Resource<?>>> changes = new TreeMap<>();
        List<Written> written = new ArrayList<>();
        for (Change change : Allotments.of(before, request.changes())) {
            Written result = written(before.find(change.key()), change, revision, now);
            written.add(result);
            if (result.result() != Result.UNCHANGED) {
                changes.put(result.key(), result.now());
            }
        }
        Config after = changes.isEmpty() ? before : before.with(revision, changes);
        return new Draft(before, after, new TreeSet<>(changes.keySet()), written);
    }

    private static Written written(Optional<Resource<?>> current, Change change, long revision, Instant now) {
        if (change instanceof Change.Put put) {
            Map<String, String> labels =
                    put.labels().or(() -> current.map(Resource::labels)).orElseGet(Collections::emptySortedMap);
            if (current.isPresent() && current.get().says(labels, put.spec())) {
                return new Written(put.key(), Result.UNCHANGED, current);
            }
            Resource<Spec> after = Resource.written(current, put.key().name(), labels, put.spec(), revision, now);
            Result result = current.isPresent() ? Result.UPDATED : Result.CREATED;
            return new Written(put.key(), result, Optional.of(after));
        }
        return new Written(change.key(), Result.DELETED, Optional.empty());
    }

    boolean changesNothing() {
        return changed.isEmpty();
    }
}
