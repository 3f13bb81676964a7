package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, and how far each is. Streams report to it from their lanes, anyone may ask; one lock guards it all
 * and is held for short.
 */
final class NodeRegistry implements Nodes {
    private final InstantSource clock;
    private final Duration retention;
    private final ScheduledExecutorService timer;
    private final SortedMap<String, Node> nodes = new TreeMap<>();
    private final Set<Wait> waits = new LinkedHashSet<>();

    /** @param timer ends the waiting of {@link #whenApplied}, and tells the result */
    NodeRegistry(InstantSource clock, Duration retention, ScheduledExecutorService timer) {
        this.clock = clock;
        this.retention = retention;
        this.timer = timer;
    }

    /** @param stream any object that stands for the stream */
    synchronized NodeMemory connected(NodeInfo info, Object stream) {
        forgetLongGone();
        Node node = nodes.computeIfAbsent(info.id(), id -> new Node(info));
        node.info = info;
        node.streams.put(stream, Progress.NONE);
        waits.forEach(wait -> wait.missing.add(info.id()));
        return node.memory;
    }

    synchronized void report(String id, Object stream, Progress progress) {
        Node node = nodes.get(id);
        if (node != null && node.streams.replace(stream, progress) != null) {
            recheck(id, node);
        }
    }

    synchronized void disconnected(String id, Object stream) {
        Node node = nodes.get(id);
        if (node == null) {
            return;
        }
        Progress last = node.streams.remove(stream);
        if (last != null) {
            node.last = last;
            node.leftAt = clock.instant();
            recheck(id, node);
        }
    }

    private void forgetLongGone() {
        Instant oldest = clock.instant().minus(retention);
        nodes.values().removeIf(node -> node.streams.isEmpty() && node.leftAt.isBefore(oldest));
    }

    @Override
    public synchronized List<NodeStatus> list() {
        forgetLongGone();
        return nodes.values().stream().map(Node::status).toList();
    }

    @Override
    public CompletionStage<Propagation> whenApplied(long revision, Duration timeout) {
        Wait wait = new Wait(revision);
        synchronized (this) {
            nodes.forEach((id, node) -> {
                if (!node.has(revision)) {
                    wait.missing.add(id);
                }
            });
            if (isOver(wait)) {
                wait.result.complete(propagation(wait));
            } else {
                waits.add(wait);
                wait.timeout = timer.schedule(() -> end(wait), timeout.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        return wait.result;
    }

    private void recheck(String id, Node node) {
        for (Wait wait : List.copyOf(waits)) {
            if (node.has(wait.revision)) {
                wait.missing.remove(id);
            }
            if (isOver(wait)) {
                end(wait);
            }
        }
    }

    private boolean isOver(Wait wait) {
        return wait.missing.stream().map(nodes::get).allMatch(node -> node != null && node.isStuckAt(wait.revision));
    }

    private synchronized void end(Wait wait) {
        if (waits.remove(wait)) {
            Propagation propagation = propagation(wait);
            if (wait.timeout != null) {
                wait.timeout.cancel(false);
            }
            // Whoever waits must not run under our lock.
            timer.execute(() -> wait.result.complete(propagation));
        }
    }

    private Propagation propagation(Wait wait) {
        List<Propagation.Refusal> refused = new ArrayList<>();
        List<Propagation.Withheld> withheld = new ArrayList<>();
        for (String id : wait.missing) {
            Node node = nodes.get(id);
            if (node != null) {
                node.types()
                        .forEach((type, status) -> status.refused()
                                .ifPresent(r -> refused.add(new Propagation.Refusal(id, type, r.message()))));
                node.withheld()
                        .forEach(need -> withheld.add(new Propagation.Withheld(id, node.info.envoyVersion(), need)));
            }
        }
        return new Propagation(wait.revision, wait.missing.isEmpty(), List.copyOf(wait.missing), refused, withheld);
    }

    /** Ends all waiting. */
    synchronized void close() {
        List.copyOf(waits).forEach(this::end);
    }

    private static final class Wait {
        private final long revision;
        private final Set<String> missing = new TreeSet<>();
        private final CompletableFuture<Propagation> result = new CompletableFuture<>();
        private @Nullable ScheduledFuture<?> timeout;

        Wait(long revision) {
            this.revision = revision;
        }
    }

    private static final class Node {
        private final NodeMemory memory = new NodeMemory();
        private final Map<Object, Progress> streams = new LinkedHashMap<>();
        private NodeInfo info;
        private Progress last = Progress.NONE;
        private Instant leftAt = Instant.EPOCH;

        Node(NodeInfo info) {
            this.info = info;
        }

        /** A node that is not connected has nothing to wait for. */
        boolean has(long revision) {
            return streams.values().stream().allMatch(progress -> progress.acknowledged() >= revision);
        }

        boolean isStuckAt(long revision) {
            return streams.values().stream()
                    .allMatch(progress -> progress.acknowledged() >= revision || progress.stuckAt() >= revision);
        }

        /** Of several streams the newest one tells. */
        Map<ResourceType, TypeStatus> types() {
            Collection<Progress> progress = streams.isEmpty() ? List.of(last) : streams.values();
            Map<ResourceType, TypeStatus> types = new EnumMap<>(ResourceType.class);
            for (ResourceType type : ResourceType.values()) {
                types.put(type, TypeStatus.NONE);
            }
            progress.forEach(p -> types.putAll(p.types()));
            return types;
        }

        /** Of several streams the newest one tells. */
        List<ReleaseNeed> withheld() {
            List<ReleaseNeed> withheld = last.withheld();
            for (Progress progress : streams.values()) {
                withheld = progress.withheld();
            }
            return withheld;
        }

        NodeStatus status() {
            return new NodeStatus(
                    info.id(),
                    info.fleet(),
                    info.envoyVersion(),
                    info.release(),
                    !streams.isEmpty(),
                    types(),
                    withheld());
        }
    }
}
