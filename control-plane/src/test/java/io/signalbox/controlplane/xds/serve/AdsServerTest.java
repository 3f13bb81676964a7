package io.signalbox.controlplane.xds.serve;

import static io.signalbox.controlplane.xds.serve.WireClient.deltaRequest;
import static io.signalbox.controlplane.xds.serve.WireClient.node;
import static io.signalbox.controlplane.xds.serve.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.Publisher;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the wire can show: framing, the node of the first message, how streams end. */
class AdsServerTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final World world = new World();
    private final Publisher publisher = new Publisher();
    private final AdsServer server = new AdsServer(publisher, Clock.systemUTC(), Duration.ofHours(24));
    private int port;

    @BeforeEach
    void start() throws Exception {
        publisher.publish(
                world.pool("a", 1).listener("l", 1).routes("l", 1, "a").next());
        port = server.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersInStateOfTheWorld() throws Exception {
        try (var client = WireClient.sotw(port)) {
            client.send(request(ResourceType.CLUSTER).setNode(node("n")).build());
            DiscoveryResponse answer = client.read();

            assertThat(answer.getTypeUrl()).isEqualTo(ResourceType.CLUSTER.typeUrl());
            assertThat(answer.getVersionInfo())
                    .isEqualTo(publisher.current().type(ResourceType.CLUSTER).version());
            assertThat(answer.getNonce()).startsWith("1-");
            assertThat(answer.getResources(0).unpack(Cluster.class).getName()).isEqualTo("a");
            assertThat(answer.getUnknownFields().asMap()).isEmpty();
        }
    }

    @Test
    void answersInDelta() throws Exception {
        try (var client = WireClient.delta(port)) {
            client.send(deltaRequest(ResourceType.ENDPOINT, "a", "nowhere")
                    .setNode(node("n"))
                    .build());
            DeltaDiscoveryResponse answer = client.read();

            assertThat(answer.getTypeUrl()).isEqualTo(ResourceType.ENDPOINT.typeUrl());
            assertThat(answer.getRemovedResourcesList()).containsExactly("nowhere");
            assertThat(answer.getResourcesList()).singleElement().satisfies(resource -> {
                assertThat(resource.getName()).isEqualTo("a");
                assertThat(resource.getVersion()).hasSize(16);
                assertThat(resource.getResource())
                        .extracting(Any::getTypeUrl)
                        .isEqualTo(ResourceType.ENDPOINT.typeUrl());
            });
            assertThat(answer.getUnknownFields().asMap()).isEmpty();
        }
    }

    @Test
    void knowsTheNodeFromTheFirstMessage() {
        try (var client = WireClient.delta(port)) {
            client.send(deltaRequest(ResourceType.CLUSTER).setNode(node("n")).build());
            DeltaDiscoveryResponse clusters = client.read();
            client.send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(clusters.getTypeUrl())
                    .setResponseNonce(clusters.getNonce())
                    .build());
            client.send(deltaRequest(ResourceType.LISTENER).build());
            assertThat(client.read().getTypeUrl()).isEqualTo(ResourceType.LISTENER.typeUrl());

            assertThat(server.nodes().list()).singleElement().satisfies(node -> {
                assertThat(node.id()).isEqualTo("n");
                assertThat(node.fleet()).isEqualTo("default");
                assertThat(node.connected()).isTrue();
            });
        }
    }

    @Test
    void endsAStreamThatDoesNotSayWhoItIs() {
        try (var client = WireClient.sotw(port)) {
            client.send(request(ResourceType.CLUSTER).build());
            assertThat(client.end())
                    .extracting(io.grpc.Status::getCode, io.grpc.Status::getDescription)
                    .containsExactly(
                            io.grpc.Status.Code.INVALID_ARGUMENT, "the first request of a stream must carry node.id");
        }
    }

    @Test
    void keepsTheStreamWhenATypeOrANonceIsUnknown() {
        try (var client = WireClient.sotw(port)) {
            client.send(DiscoveryRequest.newBuilder()
                    .setNode(node("n"))
                    .setTypeUrl("type.googleapis.com/envoy.config.route.v3.VirtualHost")
                    .build());
            client.send(request(ResourceType.CLUSTER).build());
            DiscoveryResponse clusters = client.read();
            client.send(request(ResourceType.CLUSTER)
                    .setResponseNonce("never sent")
                    .setErrorDetail(Status.newBuilder().setCode(Code.INTERNAL_VALUE))
                    .build());
            client.send(request(ResourceType.CLUSTER)
                    .setVersionInfo(clusters.getVersionInfo())
                    .setResponseNonce(clusters.getNonce())
                    .build());
            client.send(request(ResourceType.LISTENER).build());

            assertThat(client.read().getTypeUrl()).isEqualTo(ResourceType.LISTENER.typeUrl());
            assertThat(client.hasUnread()).isFalse();
        }
    }

    @Test
    void tellsWhenARevisionIsApplied() {
        try (var client = WireClient.delta(port)) {
            client.send(deltaRequest(ResourceType.CLUSTER).setNode(node("n")).build());
            acknowledge(client, client.read());
            client.send(deltaRequest(ResourceType.ENDPOINT, "a").build());
            acknowledge(client, client.read());
            client.send(deltaRequest(ResourceType.LISTENER).build());
            acknowledge(client, client.read());
            client.send(deltaRequest(ResourceType.ROUTE, "l").build());
            DeltaDiscoveryResponse routes = client.read();

            Propagation before = whenApplied(1, Duration.ZERO);
            assertThat(before.applied()).isFalse();
            assertThat(before.waiting()).containsExactly("n");
            assertThat(before.refused()).isEmpty();

            acknowledge(client, routes);
            assertThat(whenApplied(1, LONG).applied()).isTrue();

            publisher.publish(world.next());
            assertThat(whenApplied(2, LONG).applied())
                    .as("a revision that changes nothing for the node")
                    .isTrue();
        }
    }

    @Test
    void listsANodeThatLeftAsDisconnected() {
        try (var client = WireClient.sotw(port)) {
            client.send(request(ResourceType.CLUSTER).setNode(node("n")).build());
            client.read();
            client.halfClose();
            assertThat(client.end().isOk()).isTrue();
        }
        assertThat(server.nodes().list())
                .singleElement()
                .extracting(NodeStatus::connected)
                .isEqualTo(false);
        assertThat(whenApplied(99, Duration.ofHours(1)).applied())
                .as("nobody is connected")
                .isTrue();
    }

    private Propagation whenApplied(long revision, Duration timeout) {
        return server.nodes()
                .whenApplied(revision, timeout)
                .toCompletableFuture()
                .join();
    }

    private static void acknowledge(
            WireClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> client, DeltaDiscoveryResponse response) {
        client.send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .build());
    }
}
