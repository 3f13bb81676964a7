package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * A proxy as Envoy behaves on an ADS stream: wildcard subscriptions to clusters and listeners, which lead to explicit
 * ones to endpoints and routes; clusters acknowledged when endpoints came after them; some resources refused.
 */
final class SimulatedProxy {
    private final boolean delta;
    private final BiPredicate<ResourceType, EncodedResource> refuses;
    private final Map<ResourceType, SortedMap<String, EncodedResource>> held = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, Set<String>> subscribed = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, String> accepted = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, String> nonces = new EnumMap<>(ResourceType.class);
    private final Set<ResourceType> asked = EnumSet.noneOf(ResourceType.class);
    private final Set<String> warming = new HashSet<>();
    /**
     * New clusters that it refused stay among those that are warming, until they are removed or replaced. (If another
     * cluster of the same response warms, a real Envoy never answers that response. Only faults that it finds late do
     * this, like the sizes of a hash ring. Here they do not outlast the stream.)
     */
    private final Set<String> residue = new HashSet<>();

    private boolean paused;
    private final Set<String> draining = new TreeSet<>();
    private final Deque<Request> heldBack = new ArrayDeque<>();
    private final Deque<Request> out = new ArrayDeque<>();
    private final List<String> refusedNow = new ArrayList<>();

    SimulatedProxy(boolean delta, BiPredicate<ResourceType, EncodedResource> refuses) {
        this.delta = delta;
        this.refuses = refuses;
        for (ResourceType type : ResourceType.values()) {
            held.put(type, new TreeMap<>());
            subscribed.put(type, new TreeSet<>());
        }
    }

    /** What it sends next. */
    Deque<Request> out() {
        return out;
    }

    SortedMap<String, EncodedResource> held(ResourceType type) {
        return held.computeIfAbsent(type, t -> new TreeMap<>());
    }

    private Set<String> subscribed(ResourceType type) {
        return subscribed.computeIfAbsent(type, t -> new TreeSet<>());
    }

    /** As long as a cluster is warming it sends nothing about clusters. */
    boolean isPaused() {
        return paused;
    }

    Set<String> draining() {
        return draining;
    }

    /** {@code name@version} of what it refused in the response it read last. */
    List<String> refusedNow() {
        return refusedNow;
    }

    /** A new stream: it brings what it holds. */
    void connect() {
        residue.clear();
        release();
        out.clear();
        heldBack.clear();
        nonces.clear();
        asked.clear();
        ask(ResourceType.CLUSTER);
        for (ResourceType type : List.of(ResourceType.ENDPOINT, ResourceType.LISTENER, ResourceType.ROUTE)) {
            if (type == ResourceType.LISTENER || !subscribed(type).isEmpty()) {
                ask(type);
            }
        }
    }

    private void ask(ResourceType type) {
        asked.add(type);
        send(type, Optional.empty(), List.copyOf(subscribed(type)), List.of(), true);
    }

    private void send(
            ResourceType type, Optional<String> error, List<String> added, List<String> removed, boolean first) {
        String nonce = nonces.getOrDefault(type, "");
        if (delta) {
            Map<String, String> versions = new TreeMap<>();
            if (first) {
                held(type).forEach((name, resource) -> versions.put(name, resource.version()));
            }
            boolean answers = added.isEmpty() && removed.isEmpty();
            emit(new Request.Delta(type, added, removed, versions, answers ? nonce : "", error));
        } else {
            emit(new Request.Sotw(type, accepted.getOrDefault(type, ""), List.copyOf(subscribed(type)), nonce, error));
        }
    }

    private void emit(Request request) {
        if (request.type() == ResourceType.CLUSTER && paused) {
            heldBack.add(request);
        } else {
            out.add(request);
        }
    }

    void read(Push push) {
        nonces.put(push.type(), push.nonce());
        refusedNow.clear();
        push.resources().stream()
                .filter(resource -> refuses.test(push.type(), resource))
                .filter(resource -> !isHeld(push.type(), resource))
                .forEach(resource -> refusedNow.add(resource.toString()));
        Optional<String> error = error(push);
        boolean named = push.type() == ResourceType.CLUSTER || push.type() == ResourceType.LISTENER;
        if (error.isEmpty() || named) {
            apply(push);
        }
        if (error.isEmpty()) {
            accepted.put(push.type(), push.version());
        }
        send(push.type(), error, List.of(), List.of(), false);
        follow(push.type());
        release();
    }

    private boolean isHeld(ResourceType type, EncodedResource resource) {
        EncodedResource has = held(type).get(resource.name());
        return has != null && has.version().equals(resource.version());
    }

    private Optional<String> error(Push push) {
        if (refusedNow.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (push.type()) {
                    case CLUSTER -> "Error adding/updating cluster(s) " + reasons(", ");
                    case LISTENER -> "Error adding/updating listener(s) " + reasons("\n");
                    default -> "Proto constraint validation failed";
                });
    }

    private String reasons(String separator) {
        return String.join(
                separator,
                refusedNow.stream()
                        .map(r -> r.substring(0, r.indexOf('@')) + ": no good")
                        .toList());
    }

    private void apply(Push push) {
        SortedMap<String, EncodedResource> has = held(push.type());
        if (push.type() == ResourceType.ENDPOINT) {
            push.resources().forEach(resource -> warming.remove(resource.name()));
        }
        if (!delta && (push.type() == ResourceType.CLUSTER || push.type() == ResourceType.LISTENER)) {
            Set<String> named = new TreeSet<>();
            push.resources().forEach(resource -> named.add(resource.name()));
            has.keySet().retainAll(named);
            if (push.type() == ResourceType.CLUSTER) {
                warming.retainAll(named);
                residue.retainAll(named);
            }
        }
        for (EncodedResource resource : push.resources()) {
            if (isWanted(push.type(), resource)
                    && !refusedNow.contains(resource.toString())
                    && !isHeld(push.type(), resource)) {
                has.put(resource.name(), resource);
                if (push.type() == ResourceType.CLUSTER) {
                    warming.add(resource.name());
                    residue.remove(resource.name());
                    paused = true;
                }
            }
        }
        push.removed().forEach(has::remove);
        if (push.type() == ResourceType.CLUSTER) {
            push.removed().forEach(warming::remove);
            push.removed().forEach(residue::remove);
            if (!paused) {
                push.resources().stream()
                        .filter(resource ->
                                refusedNow.contains(resource.toString()) && !has.containsKey(resource.name()))
                        .forEach(resource -> residue.add(resource.name()));
            }
        }
    }

    private boolean isWanted(ResourceType type, EncodedResource resource) {
        boolean wildcard = type == ResourceType.CLUSTER || type == ResourceType.LISTENER;
        return wildcard || subscribed(type).contains(resource.name());
    }

    /** Subscribes to what the clusters and listeners it holds need. A drained listener's routes it gives up later. */
    private void follow(ResourceType type) {
        if (type == ResourceType.CLUSTER) {
            resubscribe(ResourceType.ENDPOINT, held(type).keySet());
        } else if (type == ResourceType.LISTENER) {
            draining.addAll(subscribed(ResourceType.ROUTE));
            draining.removeAll(held(type).keySet());
            Set<String> wanted = new TreeSet<>(held(type).keySet());
            wanted.addAll(draining);
            resubscribe(ResourceType.ROUTE, wanted);
        }
    }

    void drained() {
        draining.clear();
        resubscribe(ResourceType.ROUTE, held(ResourceType.LISTENER).keySet());
    }

    private void resubscribe(ResourceType type, Set<String> wanted) {
        Set<String> has = subscribed(type);
        List<String> added = wanted.stream().filter(name -> !has.contains(name)).toList();
        List<String> removed =
                has.stream().filter(name -> !wanted.contains(name)).toList();
        if (added.isEmpty() && removed.isEmpty()) {
            return;
        }
        has.clear();
        has.addAll(wanted);
        held(type).keySet().removeAll(removed);
        send(type, Optional.empty(), added, removed, asked.add(type));
    }

    private void release() {
        if (warming.isEmpty() && residue.isEmpty()) {
            paused = false;
        }
        if (!paused) {
            out.addAll(heldBack);
            heldBack.clear();
        }
    }
}
