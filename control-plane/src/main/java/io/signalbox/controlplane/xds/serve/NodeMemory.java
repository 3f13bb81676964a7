package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.TypeSnapshot;
import io.signalbox.controlplane.xds.publish.Withheld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of a node from one of its streams to the next. Owned by the lane that all streams of the node run
 * on.
 */
final class NodeMemory {
    /** Stands for the version of a removal. */
    static final String REMOVAL = "";

    private static final int MAX_STATES = 8;

    private final Map<ResourceType, Map<String, Refusal>> refused = new EnumMap<>(ResourceType.class);
    /** By type and name the versions that the node's release does not know. */
    private Map<ResourceType, Map<String, String>> unknown = Map.of();

    private final Map<ResourceType, Suspects> suspects = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, List<State>> states = new EnumMap<>(ResourceType.class);
    private final Set<Withheld> withheld = new HashSet<>();
    private final Set<ResourceType> subscribed = EnumSet.noneOf(ResourceType.class);
    private final Set<ResourceType> usesWildcard = EnumSet.noneOf(ResourceType.class);
    private final Set<ResourceType> heldByWildcard = EnumSet.noneOf(ResourceType.class);

    /**
     * @param version of the resource
     * @param state of the type in the response
     */
    record Refusal(String version, TypeStatus.Refused state) {}

    private record State(String version, TypeSnapshot content) {}

    void refuse(ResourceType type, String name, Refusal refusal) {
        refusals(type).put(name, refusal);
    }

    /** Whether the node refused that version, or would. */
    boolean isRefused(ResourceType type, String name, String version) {
        Refusal refusal = refusals(type).get(name);
        return refusal != null && refusal.version().equals(version)
                || version.equals(unknown.getOrDefault(type, Map.of()).get(name));
    }

    /** @param versions by type and name what the node's release does not know, in place of what was said before */
    void setUnknown(Map<ResourceType, Map<String, String>> versions) {
        unknown = versions;
    }

    /** To be called when the node took another version, or when the resource is no more. */
    void forget(ResourceType type, String name) {
        refusals(type).remove(name);
    }

    /** Names of which some version was, or would be, refused. */
    Set<String> refusedNames(ResourceType type) {
        Set<String> names = new HashSet<>(refusals(type).keySet());
        names.addAll(unknown.getOrDefault(type, Map.of()).keySet());
        return names;
    }

    /** Routes that are held back from the node, to be changed by the caller. */
    Set<Withheld> withheld() {
        return withheld;
    }

    Optional<TypeStatus.Refused> newestRefusal(ResourceType type) {
        Collection<Refusal> refusals = refusals(type).values();
        return refusals.stream().map(Refusal::state).max(Comparator.comparingLong(TypeStatus.Refused::revision));
    }

    Suspects suspects(ResourceType type) {
        return suspects.computeIfAbsent(type, t -> new Suspects());
    }

    /** The node was sent this state of the world, and may accept it without our learning of it. */
    void sent(TypeSnapshot state) {
        List<State> known = states(state.type());
        known.removeIf(s -> s.version().equals(state.version()));
        known.add(new State(state.version(), state));
        if (known.size() > MAX_STATES) {
            known.remove(1); // the first is what it accepted last
        }
    }

    /**
     * The node now says this version when asked.
     *
     * @param state what it holds, which is more than that when it refused some of a response and took the rest
     */
    void accepted(String version, TypeSnapshot state) {
        List<State> known = states(state.type());
        known.clear();
        known.add(new State(version, state));
    }

    /** The state of the world of a version that the node says it accepted. */
    Optional<TypeSnapshot> findState(ResourceType type, String version) {
        return states(type).stream()
                .filter(state -> state.version().equals(version))
                .map(State::content)
                .findFirst();
    }

    private List<State> states(ResourceType type) {
        return states.computeIfAbsent(type, t -> new ArrayList<>());
    }

    /** Whether the last stream of the node that asked for this type was left with a subscription to some of it. */
    boolean isSubscribed(ResourceType type) {
        return subscribed.contains(type);
    }

    void setSubscribed(ResourceType type, boolean toAny) {
        if (toAny) {
            subscribed.add(type);
        } else {
            subscribed.remove(type);
        }
    }

    /** Whether the node certainly holds some resource of this type that it got by a wildcard. */
    boolean heldByWildcard(ResourceType type) {
        return heldByWildcard.contains(type);
    }

    void setHeldByWildcard(ResourceType type, boolean anything) {
        if (anything) {
            heldByWildcard.add(type);
        } else {
            heldByWildcard.remove(type);
        }
    }

    /** Whether a stream of the node ever asked for this type by a wildcard. */
    boolean usesWildcard(ResourceType type) {
        return usesWildcard.contains(type);
    }

    void setUsesWildcard(ResourceType type) {
        usesWildcard.add(type);
    }

    /** The node's process is a new one, for which what the old one refused may be right (such as a port in use). */
    void restarted() {
        refused.clear();
        suspects.values().forEach(Suspects::clear);
        states.clear();
        withheld.clear();
        subscribed.clear();
        heldByWildcard.clear();
    }

    private Map<String, Refusal> refusals(ResourceType type) {
        return refused.computeIfAbsent(type, t -> new HashMap<>());
    }
}
