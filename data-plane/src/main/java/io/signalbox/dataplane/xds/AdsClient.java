package io.signalbox.dataplane.xds;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.signalbox.dataplane.state.ConfigState;
import io.signalbox.dataplane.state.ResourceType;
import io.signalbox.dataplane.state.Subscriptions;
import io.signalbox.dataplane.state.Timers;
import io.signalbox.routing.RandomValue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One aggregated delta stream to the control plane, opened again whenever it ends. When the control plane is away the
 * config stays as it is. Confined to the config thread; gRPC's callbacks go through its executor.
 */
public final class AdsClient implements Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(AdsClient.class);

    /** Not ours to close. */
    private final ManagedChannel channel;

    private final Node node;
    private final Executor configThread;
    private final Timers timers;
    private final Backoff backoff;
    private final Map<ResourceType, TypeSubscription> subscriptions = new EnumMap<>(ResourceType.class);
    private @Nullable ResponseReader reader;
    private @Nullable ConfigState state;
    private @Nullable Stream stream;
    private boolean closed;

    public AdsClient(ManagedChannel channel, Node node, Executor configThread, Timers timers, RandomValue random) {
        this.channel = channel;
        this.node = node;
        this.configThread = configThread;
        this.timers = timers;
        this.backoff = new Backoff(random);
        for (ResourceType type : ResourceType.values()) {
            subscriptions.put(type, new TypeSubscription(type));
        }
    }

    /** Connects, on behalf of this state. */
    public void start(ConfigState state) {
        this.state = state;
        this.reader = new ResponseReader(state);
        connect();
    }

    public void close() {
        closed = true;
        if (stream != null) {
            stream.cancel();
        }
    }

    /** For people: per type the versions in force. */
    public Map<ResourceType, Map<String, String>> versions() {
        Map<ResourceType, Map<String, String>> versions = new EnumMap<>(ResourceType.class);
        subscriptions.forEach((type, subscription) -> versions.put(type, subscription.versions()));
        return versions;
    }

    @Override
    public void subscribeToAll(ResourceType type) {
        subscription(type).wantEverything();
        tell(type);
    }

    @Override
    public void subscribe(ResourceType type, Set<String> names) {
        subscription(type).want(names);
        tell(type);
    }

    private TypeSubscription subscription(ResourceType type) {
        TypeSubscription subscription = subscriptions.get(type);
        if (subscription == null) {
            throw new IllegalStateException("every type has one");
        }
        return subscription;
    }

    private void tell(ResourceType type) {
        Stream current = stream;
        if (current != null) {
            subscription(type).nextRequest().ifPresent(current::send);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        // A new try of ours is a new try of gRPC's, whatever its own back-off says.
        channel.resetConnectBackoff();
        subscriptions.values().forEach(TypeSubscription::streamStarted);
        Stream next = new Stream();
        stream = next;
        AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(next);
        for (ResourceType type : ResourceType.values()) {
            tell(type);
        }
    }

    private void ended(Stream which, String reason) {
        if (stream != which || closed) {
            return;
        }
        stream = null;
        Duration delay = backoff.next();
        LOG.warn("xDS stream ended: {}; again in {} ms", reason, delay.toMillis());
        timers.schedule(delay, this::connect);
    }

    private void received(Stream from, DeltaDiscoveryResponse response) {
        ResponseReader to = reader;
        if (from != stream || to == null || state == null) {
            return;
        }
        backoff.reset();
        Optional<ResourceType> type = ResourceType.findByTypeUrl(response.getTypeUrl());
        if (type.isEmpty()) {
            LOG.warn("xDS response of unknown type {} ignored", response.getTypeUrl());
            from.more();
            return;
        }
        Map<String, String> faults = to.read(type.get(), response);
        TypeSubscription subscription = subscription(type.get());
        response.getResourcesList().stream()
                .filter(resource -> !faults.containsKey(resource.getName()))
                .forEach(resource -> subscription.inForce(resource.getName(), resource.getVersion()));
        response.getRemovedResourcesList().forEach(subscription::removed);
        Runnable answer = () -> {
            if (from == stream) {
                from.send(answer(response, type.get(), faults));
            }
        };
        // An acknowledged cluster can take requests: routes to it may follow. So does Envoy.
        if (type.get() == ResourceType.CLUSTER) {
            state.whenClustersWarm(answer);
        } else {
            answer.run();
        }
        from.more();
    }

    private static DeltaDiscoveryRequest.Builder answer(
            DeltaDiscoveryResponse response, ResourceType type, Map<String, String> faults) {
        DeltaDiscoveryRequest.Builder answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
        if (!faults.isEmpty()) {
            String message = ResponseReader.message(type, faults);
            LOG.warn("xDS response refused: {}", message);
            answer.setErrorDetail(
                    Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(message));
        }
        return answer;
    }

    /** One stream. gRPC calls it on its own threads; it only passes on. */
    private final class Stream implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
        private @Nullable ClientCallStreamObserver<DeltaDiscoveryRequest> requests;
        private boolean nodeSent;

        @Override
        public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> requests) {
            this.requests = requests;
            // One response at a time: the next is asked for when this one is in force.
            requests.disableAutoRequestWithInitial(1);
        }

        void send(DeltaDiscoveryRequest.Builder request) {
            if (!nodeSent) {
                nodeSent = true;
                request.setNode(node);
            }
            requests().onNext(request.build());
        }

        void more() {
            requests().request(1);
        }

        void cancel() {
            requests().cancel("closed", null);
        }

        private ClientCallStreamObserver<DeltaDiscoveryRequest> requests() {
            if (requests == null) {
                throw new IllegalStateException("not started");
            }
            return requests;
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            configThread.execute(() -> received(this, response));
        }

        @Override
        public void onError(Throwable failure) {
            configThread.execute(
                    () -> ended(this, io.grpc.Status.fromThrowable(failure).toString()));
        }

        @Override
        public void onCompleted() {
            configThread.execute(() -> ended(this, "by the server"));
        }
    }
}
