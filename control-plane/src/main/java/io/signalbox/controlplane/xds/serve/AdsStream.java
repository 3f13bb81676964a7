package io.signalbox.controlplane.xds.serve;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session and the gRPC call it runs on. Everything happens on the lane. */
final class AdsStream {
    private static final Logger log = LoggerFactory.getLogger(AdsStream.class);

    private final NodeInfo node;
    private final ServerCall<?, EncodedResponse> call;
    private final Session session;
    private final Lane lane;
    private final NodeRegistry registry;
    private final ResponseCache cache;
    private boolean over;

    AdsStream(
            NodeInfo node,
            boolean delta,
            ServerCall<?, EncodedResponse> call,
            Lane lane,
            SnapshotSource snapshots,
            NodeRegistry registry,
            ResponseCache cache,
            ConcurrentMap<String, Snapshot> acceptedByAny) {
        this.node = node;
        this.call = call;
        this.lane = lane;
        this.registry = registry;
        this.cache = cache;
        this.session = new Session(delta, node.release(), registry.connected(node, this), snapshots, acceptedByAny);
        lane.add(this);
        log.info("{} connected ({})", node.id(), delta ? "delta" : "state of the world");
    }

    void onRequest(Request request) {
        if (request.error().isPresent() && session.isUnderWay(request.type(), request.nonce())) {
            log.warn(
                    "{} refused {} of response {}: {}",
                    node.id(),
                    request.type().word(),
                    request.nonce(),
                    request.error().get());
        }
        attempt(() -> session.onRequest(request));
    }

    void onSnapshot(Snapshot snapshot) {
        attempt(() -> session.onSnapshot(snapshot));
    }

    private interface Event {
        List<Push> run();
    }

    /** A fault of ours ends the one stream; the proxy keeps what it has and comes back. */
    private void attempt(Event event) {
        if (over) {
            return;
        }
        try {
            for (Push push : event.run()) {
                call.sendMessage(cache.encode(session.delta(), push));
            }
            registry.report(node.id(), this, session.progress());
        } catch (RuntimeException e) {
            log.error("The stream of {} failed", node.id(), e);
            end(Status.INTERNAL.withDescription("a fault of the control plane"));
        }
    }

    /** The server stops. */
    void goAway() {
        end(Status.UNAVAILABLE.withDescription("the control plane stops"));
    }

    /** The proxy ended its half, or the server does. */
    void end(Status status) {
        if (!over) {
            gone();
            call.close(status, new Metadata());
        }
    }

    /** The call is over. */
    void gone() {
        if (!over) {
            over = true;
            lane.remove(this);
            registry.disconnected(node.id(), this);
            log.info("{} disconnected", node.id());
        }
    }
}
