package io.signalbox.controlplane.xds.serve;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.signalbox.controlplane.xds.ResourceType;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code envoy.service.discovery.v3.AggregatedDiscoveryService}: the wire's messages to requests, and calls to streams. */
final class AdsService {
    private static final String SERVICE = "envoy.service.discovery.v3.AggregatedDiscoveryService";

    /** Puts a stream on the lane of its node. */
    interface Streams {
        AdsStream open(NodeInfo node, boolean delta, ServerCall<?, EncodedResponse> call);

        Lane laneOf(NodeInfo node);
    }

    private final Streams streams;

    AdsService(Streams streams) {
        this.streams = streams;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(
                        method("StreamAggregatedResources", DiscoveryRequest.getDefaultInstance()),
                        handler(false, DiscoveryRequest::getNode, AdsService::read))
                .addMethod(
                        method("DeltaAggregatedResources", DeltaDiscoveryRequest.getDefaultInstance()),
                        handler(true, DeltaDiscoveryRequest::getNode, AdsService::read))
                .build();
    }

    private static <M extends Message> MethodDescriptor<M, EncodedResponse> method(String name, M request) {
        return MethodDescriptor.<M, EncodedResponse>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(EncodedResponse.MARSHALLER)
                .build();
    }

    /** Empty for a type that we do not serve: such a request is nobody's fault, and there is nothing to say. */
    private static Optional<Request> read(DiscoveryRequest request) {
        return ResourceType.findByTypeUrl(request.getTypeUrl())
                .map(type -> new Request.Sotw(
                        type,
                        request.getVersionInfo(),
                        request.getResourceNamesList(),
                        request.getResponseNonce(),
                        request.hasErrorDetail()
                                ? error(request.getErrorDetail().getMessage())
                                : Optional.empty()));
    }

    private static Optional<Request> read(DeltaDiscoveryRequest request) {
        return ResourceType.findByTypeUrl(request.getTypeUrl())
                .map(type -> new Request.Delta(
                        type,
                        request.getResourceNamesSubscribeList(),
                        request.getResourceNamesUnsubscribeList(),
                        request.getInitialResourceVersionsMap(),
                        request.getResponseNonce(),
                        request.hasErrorDetail()
                                ? error(request.getErrorDetail().getMessage())
                                : Optional.empty()));
    }

    private static Optional<String> error(String message) {
        return Optional.of(message.isEmpty() ? Code.UNKNOWN.name() : message);
    }

    private <M> ServerCallHandler<M, EncodedResponse> handler(
            boolean delta, Function<M, Node> node, Function<M, Optional<Request>> read) {
        return (call, headers) -> {
            call.sendHeaders(new Metadata());
            call.request(1);
            return new Call<>(delta, node, read, call);
        };
    }

    /** gRPC calls it from one thread at a time; it hands everything to the lane. */
    private final class Call<M> extends ServerCall.Listener<M> {
        private final boolean delta;
        private final Function<M, Node> node;
        private final Function<M, Optional<Request>> read;
        private final ServerCall<M, EncodedResponse> call;
        private @Nullable Lane lane;
        /** Owned by the lane. */
        private @Nullable AdsStream stream;

        Call(
                boolean delta,
                Function<M, Node> node,
                Function<M, Optional<Request>> read,
                ServerCall<M, EncodedResponse> call) {
            this.delta = delta;
            this.node = node;
            this.read = read;
            this.call = call;
        }

        @Override
        public void onMessage(M message) {
            if (lane == null && !open(NodeInfo.of(node.apply(message)))) {
                return;
            }
            Optional<Request> request = read.apply(message);
            onLane(s -> {
                request.ifPresent(s::onRequest);
                call.request(1);
            });
        }

        private boolean open(NodeInfo info) {
            if (info.id().isEmpty()) {
                call.close(
                        Status.INVALID_ARGUMENT.withDescription("the first request of a stream must carry node.id"),
                        new Metadata());
                return false;
            }
            Lane its = streams.laneOf(info);
            lane = its;
            its.run(() -> stream = streams.open(info, delta, call));
            return true;
        }

        @Override
        public void onHalfClose() {
            if (lane == null) {
                call.close(Status.OK, new Metadata());
            }
            onLane(s -> s.end(Status.OK));
        }

        @Override
        public void onCancel() {
            onLane(AdsStream::gone);
        }

        private void onLane(Consumer<AdsStream> task) {
            if (lane != null) {
                lane.run(() -> {
                    AdsStream s = stream;
                    if (s != null) {
                        task.accept(s);
                    }
                });
            }
        }
    }
}
