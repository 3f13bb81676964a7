package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One ADS stream of one proxy, without the wire: events in, responses out. Its owner calls it from one thread at a time.
 *
 * <p>Of each type one response at most is under way; what changes meanwhile goes out together once that is answered.
 * Types go in the order of {@link ResourceType}, and {@link ReferenceGates} hold back what would refer to something that
 * the proxy does not hold yet, or take away what it still refers to.
 */
final class Session {
    private final boolean delta;
    private final NodeMemory memory;
    private final Map<ResourceType, TypeStream> types = new EnumMap<>(ResourceType.class);
    private final List<Request> early = new ArrayList<>();
    private final ReferenceGates gates;
    private Snapshot snapshot;
    private long pushes;

    Session(boolean delta, NodeMemory memory, Snapshot snapshot) {
        this.delta = delta;
        this.memory = memory;
        this.snapshot = snapshot;
        for (ResourceType type : ResourceType.values()) {
            types.put(type, new TypeStream(type, delta, memory, snapshot));
        }
        this.gates = new ReferenceGates(types, memory, () -> this.snapshot);
    }

    TypeStream type(ResourceType type) {
        TypeStream stream = types.get(type);
        if (stream == null) {
            throw new IllegalArgumentException("no " + type);
        }
        return stream;
    }

    List<Push> onRequest(Request request) {
        if (nothingYet()) {
            early.add(request);
            return List.of();
        }
        read(request);
        return advance();
    }

    List<Push> onSnapshot(Snapshot newest) {
        if (newest.revision() <= snapshot.revision()) {
            return List.of();
        }
        snapshot = newest;
        types.values().forEach(stream -> stream.retarget(newest));
        early.forEach(this::read);
        early.clear();
        return advance();
    }

    private boolean nothingYet() {
        return snapshot.revision() < 0;
    }

    private void read(Request request) {
        TypeStream stream = type(request.type());
        boolean first = !stream.started();
        if (first) {
            noticeRestart(request);
        }
        if (request instanceof Request.Sotw sotw) {
            stream.request(sotw, snapshot);
        } else if (request instanceof Request.Delta changes) {
            stream.request(changes, snapshot);
        }
        if (first && request.type() == ResourceType.ENDPOINT) {
            gates.endpointsStarted();
        }
    }

    /** A proxy that held something and now brings nothing is a new process. */
    private void noticeRestart(Request request) {
        boolean bringsNothing = request instanceof Request.Sotw sotw
                ? sotw.version().isEmpty()
                : request instanceof Request.Delta changes && changes.held().isEmpty();
        if (bringsNothing && memory.heldByWildcard(request.type())) {
            memory.restarted();
        }
    }

    private List<Push> advance() {
        List<Push> responses = new ArrayList<>();
        for (TypeStream stream : types.values()) {
            Composer.compose(stream, gates, nonce(), state(stream.type())).ifPresent(response -> {
                gates.sending(stream.type(), response);
                stream.sent(response);
                pushes++;
                responses.add(response.push());
            });
            stream.settle();
        }
        note();
        return responses;
    }

    /** Unique on the stream. */
    private String nonce() {
        return snapshot.revision() + "-" + pushes;
    }

    private TypeStatus.State state(ResourceType type) {
        return new TypeStatus.State(
                snapshot.revision(), type(type).holdings().target().version());
    }

    private void note() {
        types.forEach((type, stream) -> {
            if (!gates.expectsSubscriptions(type)) {
                stream.note(state(type));
            }
        });
    }

    boolean delta() {
        return delta;
    }

    Progress progress() {
        Map<ResourceType, TypeStatus> status = new EnumMap<>(ResourceType.class);
        types.forEach((type, stream) -> status.put(type, stream.status()));
        long acknowledged = status.values().stream()
                .mapToLong(s -> s.acknowledged().map(TypeStatus.State::revision).orElse(-1L))
                .min()
                .orElse(-1);
        boolean stuck = status.values().stream().anyMatch(s -> s.refused().isPresent())
                && types.values().stream().allMatch(stream -> stream.inFlight().isEmpty());
        return new Progress(status, acknowledged, stuck ? snapshot.revision() : -1);
    }

    /** Whether the response of this nonce waits for its answer. */
    boolean isUnderWay(ResourceType type, String nonce) {
        return type(type)
                .inFlight()
                .filter(response -> response.push().nonce().equals(nonce))
                .isPresent();
    }
}
