package io.signalbox.controlplane.xds.publish;

import com.google.protobuf.Message;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What proxies are to hold at one revision, encoded and versioned, with a log of how it came to be. Immutable; shares
 * with its predecessor all that did not change.
 */
public final class Snapshot {
    /** How many changes of a type the log goes back. */
    static final int LOG_LENGTH = 64;

    /** Before anything was published: a stream that sees it waits. */
    public static final Snapshot NOTHING_YET = nothing();

    private final long revision;
    private final Map<ResourceType, List<TypeSnapshot>> log;

    /** @param log for each type its last states, the current one being last */
    private Snapshot(long revision, Map<ResourceType, List<TypeSnapshot>> log) {
        this.revision = revision;
        this.log = log;
    }

    private static Snapshot nothing() {
        Map<ResourceType, List<TypeSnapshot>> log = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            log.put(type, List.of(TypeSnapshot.empty(type)));
        }
        return new Snapshot(-1, log);
    }

    /** The snapshot of these resources; what is as in this one is not encoded again. */
    public Snapshot next(XdsResources resources) {
        Map<ResourceType, List<TypeSnapshot>> nextLog = new EnumMap<>(ResourceType.class);
        log.forEach((type, states) -> {
            TypeSnapshot before = states.get(states.size() - 1);
            TypeSnapshot after = before.next(encode(type, before, resources));
            nextLog.put(type, after == before ? states : append(states, after));
        });
        return new Snapshot(resources.revision(), nextLog);
    }

    /** This revision with some resources otherwise; only what differs is encoded. */
    public Snapshot variant(XdsResources resources) {
        if (resources.revision() != revision) {
            throw new IllegalArgumentException("revision " + resources.revision() + " (expected: " + revision + ")");
        }
        return next(resources);
    }

    private static SortedMap<String, EncodedResource> encode(
            ResourceType type, TypeSnapshot before, XdsResources resources) {
        SortedMap<String, EncodedResource> encoded = new TreeMap<>();
        SortedMap<String, Message> messages = resources.byType().getOrDefault(type, Collections.emptySortedMap());
        messages.forEach((name, message) -> {
            Set<String> clusters = resources.clustersOf(type, name);
            encoded.put(
                    name,
                    before.find(name)
                            .filter(known -> known.says(message, clusters))
                            .orElseGet(() -> EncodedResource.encode(
                                    type.typeUrl(), name, message, clusters, resources.revision())));
        });
        return encoded;
    }

    private static List<TypeSnapshot> append(List<TypeSnapshot> states, TypeSnapshot last) {
        List<TypeSnapshot> longer = new ArrayList<>(states);
        longer.add(last);
        return List.copyOf(longer.subList(Math.max(0, longer.size() - LOG_LENGTH), longer.size()));
    }

    public long revision() {
        return revision;
    }

    public TypeSnapshot type(ResourceType type) {
        List<TypeSnapshot> states = log(type);
        return states.get(states.size() - 1);
    }

    /**
     * The names of {@code from}'s type that are not in this snapshot as they were in {@code from}. Names that changed
     * and changed back may be among them.
     */
    public Set<String> changedSince(TypeSnapshot from) {
        TypeSnapshot to = type(from.type());
        if (from == to) {
            return Set.of();
        }
        List<TypeSnapshot> states = log(from.type());
        int start = states.lastIndexOf(from);
        if (start < 0) {
            return to.differingFrom(from);
        }
        if (start == states.size() - 2) {
            return to.changed();
        }
        Set<String> changed = new TreeSet<>();
        states.subList(start + 1, states.size()).forEach(state -> changed.addAll(state.changed()));
        return changed;
    }

    /** The newest state in the log of a type that has this version. */
    public Optional<TypeSnapshot> findState(ResourceType type, String version) {
        return newestFirst(type).stream()
                .filter(state -> state.version().equals(version))
                .findFirst();
    }

    /** The newest content in the log that goes by this name, also when there is none any more. */
    public Optional<EncodedResource> findLast(ResourceType type, String name) {
        return newestFirst(type).stream()
                .flatMap(state -> state.find(name).stream())
                .findFirst();
    }

    /** A resource in the log by its version. */
    public Optional<EncodedResource> findResource(ResourceType type, String name, String version) {
        return newestFirst(type).stream()
                .flatMap(state -> state.find(name).stream())
                .filter(resource -> resource.version().equals(version))
                .findFirst();
    }

    private List<TypeSnapshot> newestFirst(ResourceType type) {
        List<TypeSnapshot> states = new ArrayList<>(log(type));
        Collections.reverse(states);
        return states;
    }

    private List<TypeSnapshot> log(ResourceType type) {
        List<TypeSnapshot> states = log.get(type);
        if (states == null) {
            throw new IllegalArgumentException("no " + type);
        }
        return states;
    }

    @Override
    public String toString() {
        return "snapshot " + revision;
    }
}
