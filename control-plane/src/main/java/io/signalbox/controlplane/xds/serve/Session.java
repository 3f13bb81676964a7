package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

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
    private final Aim aim;
    private long pushes;

    /**
     * @param release of the proxy, if it tells
     * @param acceptedByAny shared by all sessions, see {@link Aim}
     */
    Session(
            boolean delta,
            Optional<Release> release,
            NodeMemory memory,
            SnapshotSource source,
            ConcurrentMap<String, Snapshot> acceptedByAny) {
        this.delta = delta;
        this.memory = memory;
        // One look: between two there may be a new one, which nobody would be told of.
        Snapshot newest = source.current();
        for (ResourceType type : ResourceType.values()) {
            types.put(type, new TypeStream(type, delta, memory, newest));
        }
        ReleaseGate gate = new ReleaseGate(source, memory, release);
        this.aim = new Aim(
                source, newest, memory, gate, type(ResourceType.CLUSTER), type(ResourceType.ROUTE), acceptedByAny);
        this.gates = new ReferenceGates(types, memory, aim::target);
        follow(); // what the proxy says it holds is looked up in what is meant for it
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
        Optional<InFlight> routes =
                type(ResourceType.ROUTE).inFlight().filter(response -> isUnderWay(ResourceType.ROUTE, request.nonce()));
        read(request);
        if (request.error().isEmpty()) {
            routes.ifPresent(aim::routesAccepted);
        } else {
            routes.ifPresent(aim::routesRefused);
        }
        return advance();
    }

    List<Push> onSnapshot(Snapshot newest) {
        if (newest.revision() <= aim.newest().revision()) {
            return List.of();
        }
        aim.setNewest(newest);
        follow();
        early.forEach(this::read);
        early.clear();
        return advance();
    }

    private boolean nothingYet() {
        return aim.newest().revision() < 0;
    }

    private void follow() {
        if (aim.changes()) {
            types.values().forEach(stream -> stream.retarget(aim.target()));
        }
    }

    private void read(Request request) {
        TypeStream stream = type(request.type());
        boolean first = !stream.started();
        if (first) {
            noticeRestart(request);
        }
        if (request instanceof Request.Sotw sotw) {
            stream.request(sotw, aim.target());
        } else if (request instanceof Request.Delta changes) {
            stream.request(changes, aim.target());
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
        follow();
        List<Push> responses = new ArrayList<>();
        for (TypeStream stream : types.values()) {
            Composer.compose(stream, gates, nonce(), state(stream.type())).ifPresent(response -> {
                gates.sending(stream.type(), response);
                stream.sent(response);
                if (stream.type() == ResourceType.ROUTE) {
                    aim.routesSent();
                }
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
        return aim.newest().revision() + "-" + pushes;
    }

    private TypeStatus.State state(ResourceType type) {
        return new TypeStatus.State(
                aim.newest().revision(), type(type).holdings().target().version());
    }

    private void note() {
        types.forEach((type, stream) -> {
            if (aim.isNewest(type) && !gates.expectsSubscriptions(type)) {
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
        boolean refuses = status.values().stream().anyMatch(s -> s.refused().isPresent());
        boolean stuck = (refuses || !aim.unknown().isEmpty() && hasAsked())
                && types.values().stream().allMatch(stream -> stream.inFlight().isEmpty());
        return new Progress(
                status,
                acknowledged,
                stuck ? aim.newest().revision() : -1,
                aim.unknown().stream().map(ReleaseNeed::wherever).distinct().toList());
    }

    /** Whether the proxy has asked for all that it will ask for. */
    private boolean hasAsked() {
        return types.values().stream().allMatch(stream -> !gates.expectsSubscriptions(stream.type()))
                && type(ResourceType.LISTENER).started()
                && type(ResourceType.CLUSTER).started();
    }

    /** Whether the response of this nonce waits for its answer. */
    boolean isUnderWay(ResourceType type, String nonce) {
        return type(type)
                .inFlight()
                .filter(response -> response.push().nonce().equals(nonce))
                .isPresent();
    }
}
