package io.signalbox.dataplane;

import static io.signalbox.dataplane.DeltaServer.resource;
import static io.signalbox.dataplane.Resources.cluster;
import static io.signalbox.dataplane.Resources.endpoints;
import static io.signalbox.dataplane.Resources.listener;
import static io.signalbox.dataplane.Resources.routes;
import static io.signalbox.dataplane.Resources.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.signalbox.dataplane.state.ResourceType;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.FreePorts;
import io.signalbox.local.Http2Connection;
import io.signalbox.local.Http2Request;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawRequest.Header;
import io.signalbox.local.RawResponse;
import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A data plane and a control plane that a test plays. */
class AdsTest {
    private static final int PORT = FreePorts.next();

    private DeltaServer server = start(0);
    private final EchoBackend a = EchoBackend.start("a");
    private final EchoBackend b = EchoBackend.start("b");
    private final DataPlane dataPlane = open(server.port());

    private static DeltaServer start(int port) {
        try {
            return DeltaServer.start(port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DataPlane open(int port) {
        try {
            return TestProxy.open(bootstrap(port), TestProxy.SETTINGS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String bootstrap(Integer... ports) {
        String endpoints = Stream.of(ports)
                .map("{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}"::formatted)
                .collect(Collectors.joining(", "));
        return """
                node: {id: node-1, cluster: fleet-1, locality: {zone: here}, metadata: {k: v}}
                admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
                dynamic_resources:
                  ads_config:
                    api_type: GRPC
                    transport_api_version: V3
                    grpc_services: [{envoy_grpc: {cluster_name: xds}}]
                  cds_config: {ads: {}, resource_api_version: V3}
                  lds_config: {ads: {}, resource_api_version: V3}
                static_resources:
                  clusters:
                  - name: xds
                    type: STATIC
                    connect_timeout: 1s
                    typed_extension_protocol_options:
                      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                        explicit_http_config:
                          http2_protocol_options: {connection_keepalive: {interval: 30s, timeout: 5s}}
                    load_assignment:
                      cluster_name: xds
                      endpoints: [{lb_endpoints: [%s]}]
                overload_manager:
                  resource_monitors:
                  - name: envoy.resource_monitors.global_downstream_max_connections
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig
                      max_active_downstream_connections: 10000
                """.formatted(endpoints);
    }

    @BeforeEach
    void connected() throws Exception {
        DeltaDiscoveryRequest first = server.subscription(ResourceType.CLUSTER);
        assertThat(first.getNode().getId()).isEqualTo("node-1");
        assertThat(first.getNode().getCluster()).isEqualTo("fleet-1");
        assertThat(first.getNode().getLocality().getZone()).isEqualTo("here");
        assertThat(first.getNode().getMetadata().getFieldsMap()).containsKey("k");
        assertThat(first.getResourceNamesSubscribeList()).isEmpty();
    }

    @AfterEach
    void stop() {
        dataPlane.close();
        a.close();
        b.close();
        server.close();
    }

    @Test
    void warmsInEnvoysOrder() throws Exception {
        String clusters = server.send(ResourceType.CLUSTER, resource("c", "1", cluster("c")));
        assertThat(server.subscription(ResourceType.ENDPOINTS).getResourceNamesSubscribeList())
                .containsExactly("c");
        assertThat(server.isQuiet()).isTrue();
        server.send(ResourceType.ENDPOINTS, resource("c", "1", endpoints("c", a.port())));
        DeltaDiscoveryRequest acknowledged = server.answer(clusters);
        assertThat(acknowledged.hasErrorDetail()).isFalse();
        assertThat(acknowledged.hasNode()).isFalse();

        serveRoutes();
        assertThat(get().backend()).contains("a");
        assertThat(RawHttpClient.plain(dataPlane.adminAddress().orElseThrow())
                        .send(RawRequest.get("x", "/config_dump"))
                        .text())
                .contains("RouteConfiguration");
    }

    private void serveRoutes() throws Exception {
        server.subscription(ResourceType.LISTENER);
        server.send(ResourceType.LISTENER, resource("l", "1", listener("l", PORT, "r")));
        assertThat(server.subscription(ResourceType.ROUTES).getResourceNamesSubscribeList())
                .containsExactly("r");
        assertThat(dataPlane.listeners()).isEmpty();
        assertThat(dataPlane.whenServing().toCompletableFuture()).isNotDone();
        server.send(ResourceType.ROUTES, resource("r", "1", routes("r", "c")));
        dataPlane.whenServing().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void serve() throws Exception {
        server.send(ResourceType.CLUSTER, resource("c", "1", cluster("c")));
        server.send(ResourceType.ENDPOINTS, resource("c", "1", endpoints("c", a.port())));
        serveRoutes();
    }

    private static RawResponse get() throws IOException {
        return RawHttpClient.plain("127.0.0.1", PORT).send(RawRequest.get("x", "/"));
    }

    @Test
    void changesTakeEffectOnOpenConnectionsWithoutAFailedRequest() throws Exception {
        serve();
        try (RawConnection connection = RawHttpClient.plain("127.0.0.1", PORT).connect()) {
            assertThat(connection.send(RawRequest.get("x", "/")).backend()).contains("a");

            server.answer(server.send(ResourceType.ENDPOINTS, resource("c", "2", endpoints("c", b.port()))));
            assertThat(connection.send(RawRequest.get("x", "/")).backend()).contains("b");

            server.send(ResourceType.CLUSTER, resource("d", "1", cluster("d")));
            server.answer(server.send(ResourceType.ENDPOINTS, resource("d", "1", endpoints("d", a.port()))));
            server.answer(server.send(ResourceType.ROUTES, resource("r", "2", routes("r", "d"))));
            server.answer(server.send(ResourceType.CLUSTER, List.of(), List.of("c")));
            RawResponse response = connection.send(RawRequest.get("x", "/"));
            assertThat(response.backend()).contains("a");
            assertThat(response.header("connection")).isEmpty();
        }
        DeltaDiscoveryRequest dropped = server.subscription(ResourceType.ENDPOINTS);
        while (dropped.getResourceNamesUnsubscribeCount() == 0) {
            dropped = server.subscription(ResourceType.ENDPOINTS);
        }
        assertThat(dropped.getResourceNamesUnsubscribeList()).containsExactly("c");
    }

    @Test
    void refusesWhatItCannotDoAndKeepsWhatItHas() throws Exception {
        serve();
        Cluster matching = cluster("c").toBuilder()
                .addTransportSocketMatches(
                        Cluster.TransportSocketMatch.newBuilder().setName("x"))
                .build();
        String nonce =
                server.send(ResourceType.CLUSTER, resource("c", "2", matching), resource("d", "1", cluster("d")));
        server.send(ResourceType.ENDPOINTS, resource("d", "1", endpoints("d", b.port())));
        DeltaDiscoveryRequest refused = server.answer(nonce);
        assertThat(refused.getErrorDetail().getCode()).isEqualTo(3);
        assertThat(refused.getErrorDetail().getMessage())
                .isEqualTo("Error adding/updating cluster(s) c: transport_socket_matches is not supported");
        assertThat(get().backend()).contains("a");

        // The other one of the same response is in force.
        server.answer(server.send(ResourceType.ROUTES, resource("r", "2", routes("r", "d"))));
        assertThat(get().backend()).contains("b");
    }

    @Test
    void refusesRoutesThatEnvoyWouldRefuse() throws Exception {
        serve();
        var bad = routes("r", "c").toBuilder();
        bad.getVirtualHostsBuilder(0).clearDomains();
        DeltaDiscoveryRequest refused =
                server.answer(server.send(ResourceType.ROUTES, resource("r", "2", bad.build())));
        assertThat(refused.getErrorDetail().getMessage()).contains("route configuration(s) r: ");
        assertThat(get().backend()).contains("a");
    }

    @Test
    void refusesListenersWithUnknownFiltersAndTakenPorts() throws Exception {
        serve();
        HttpConnectionManager manager = Resources.connectionManager("r").toBuilder()
                .addHttpFilters(0, HttpFilter.newBuilder().setName("envoy.filters.http.lua"))
                .build();
        Listener.Builder lua = listener("l", PORT, "r").toBuilder();
        lua.getFilterChainsBuilder(0)
                .setFilters(0, Filter.newBuilder().setName("hcm").setTypedConfig(Any.pack(manager)));
        DeltaDiscoveryRequest refused =
                server.answer(server.send(ResourceType.LISTENER, resource("l", "2", lua.build())));
        assertThat(refused.getErrorDetail().getMessage())
                .contains("listener(s) l: ")
                .contains("filter \"envoy.filters.http.lua\" is not supported");

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused = server.answer(
                    server.send(ResourceType.LISTENER, resource("m", "1", listener("m", taken.getLocalPort(), "r"))));
            assertThat(refused.getErrorDetail().getMessage())
                    .contains("listener(s) m: cannot bind '127.0.0.1:" + taken.getLocalPort() + "'");
        }
        assertThat(get().backend()).contains("a");
        assertThat(dataPlane.listeners()).containsOnlyKeys("l");
    }

    @Test
    void aChangedListenerDrainsItsOldConnections() throws Exception {
        serve();
        try (RawConnection old = RawHttpClient.plain("127.0.0.1", PORT).connect()) {
            assertThat(old.send(RawRequest.get("x", "/")).header("connection")).isEmpty();

            Listener changed =
                    listener("l", PORT, "r").toBuilder().setStatPrefix("other").build();
            server.answer(server.send(ResourceType.LISTENER, resource("l", "2", changed)));
            assertThat(get().header("connection")).isEmpty();
            RawResponse last = old.send(RawRequest.get("x", "/"));
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.header("connection")).contains("close");
        }
    }

    private static Listener draining(String statPrefix, Duration drainTimeout) {
        HttpConnectionManager manager = Resources.connectionManager("r").toBuilder()
                .setStatPrefix(statPrefix)
                .setDrainTimeout(Durations.fromMillis(drainTimeout.toMillis()))
                .build();
        Listener.Builder listener = listener("l", PORT, "r").toBuilder();
        listener.getFilterChainsBuilder(0)
                .setFilters(0, Filter.newBuilder().setName("hcm").setTypedConfig(Any.pack(manager)));
        return listener.build();
    }

    private static int status(Http2Connection connection) throws IOException {
        List<Header> fields = List.of(
                new Header(":method", "GET"),
                new Header(":scheme", "http"),
                new Header(":authority", "x"),
                new Header(":path", "/"));
        return connection.send(new Http2Request(fields, new byte[0], List.of())).status();
    }

    /** Envoy 1.36 and 1.40: GOAWAY stands ahead of the next response, and what the client had begun by then is still answered. */
    @Test
    void aChangedListenerTellsHttp2ClientsToGoAndServesThemForAWhile() throws Exception {
        serve();
        server.answer(server.send(ResourceType.LISTENER, resource("l", "2", draining("a", Duration.ofMinutes(5)))));
        try (Http2Connection old = RawHttpClient.plain("127.0.0.1", PORT).connectHttp2()) {
            assertThat(status(old)).isEqualTo(200);
            server.answer(server.send(ResourceType.LISTENER, resource("l", "3", draining("b", Duration.ofMinutes(5)))));
            assertThat(old.isOpen()).isTrue();
            assertThat(status(old)).isEqualTo(200);
            assertThat(old.isOpen()).isFalse();
            assertThat(status(old)).isEqualTo(200);
        }
    }

    @Test
    void afterTheDrainTimeoutAnHttp2ConnectionEnds() throws Exception {
        serve();
        server.answer(server.send(ResourceType.LISTENER, resource("l", "2", draining("a", Duration.ofMillis(20)))));
        try (Http2Connection old = RawHttpClient.plain("127.0.0.1", PORT).connectHttp2()) {
            assertThat(status(old)).isEqualTo(200);
            server.answer(server.send(ResourceType.LISTENER, resource("l", "3", draining("b", Duration.ofMillis(20)))));
            assertThat(status(old)).isEqualTo(200);
            assertThatThrownBy(() -> {
                        while (true) {
                            status(old);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(old.isOpen()).isFalse();
        }
    }

    @Test
    void listenersMoveAndGo() throws Exception {
        serve();
        int other = FreePorts.next();
        server.answer(server.send(ResourceType.LISTENER, resource("l", "2", listener("l", other, "r"))));
        assertThat(dataPlane.listeners())
                .containsEntry("l", new InetSocketAddress(InetAddress.getLoopbackAddress(), other));
        assertThat(RawHttpClient.plain("127.0.0.1", other)
                        .send(RawRequest.get("x", "/"))
                        .status())
                .isEqualTo(200);

        server.answer(server.send(ResourceType.LISTENER, List.of(), List.of("l")));
        assertThat(dataPlane.listeners()).isEmpty();
    }

    @Test
    void certificatesComeBySdsAndRotateWithoutTouchingOpenConnections() throws Exception {
        TestCertificates authority = TestCertificates.authority();
        Issued first = authority.issue("a.example.com");
        Issued second = authority.issue("a.example.com");
        server.send(ResourceType.CLUSTER, resource("c", "1", cluster("c")));
        server.send(ResourceType.ENDPOINTS, resource("c", "1", endpoints("c", a.port())));
        server.subscription(ResourceType.LISTENER);
        server.send(ResourceType.LISTENER, resource("l", "1", listener("l", PORT, "r", "s")));
        server.send(ResourceType.ROUTES, resource("r", "1", routes("r", "c")));
        assertThat(server.subscription(ResourceType.SECRET).getResourceNamesSubscribeList())
                .containsExactly("s");
        assertThat(dataPlane.whenServing().toCompletableFuture()).isNotDone();
        server.send(ResourceType.SECRET, resource("s", "1", secret("s", first)));
        dataPlane.whenServing().toCompletableFuture().get(10, TimeUnit.SECONDS);

        RawHttpClient client = RawHttpClient.tls(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), "a.example.com", authority.root());
        try (RawConnection old = client.connect()) {
            assertThat(old.serverCertificate()).contains(first.certificate());
            server.answer(server.send(ResourceType.SECRET, resource("s", "2", secret("s", second))));

            try (RawConnection fresh = client.connect()) {
                assertThat(fresh.serverCertificate()).contains(second.certificate());
                assertThat(fresh.send(RawRequest.get("a.example.com", "/")).backend())
                        .contains("a");
            }
            RawResponse response = old.send(RawRequest.get("a.example.com", "/"));
            assertThat(response.backend()).contains("a");
            assertThat(response.header("connection")).isEmpty();
        }

        Issued mixed = new Issued(first.chain(), second.privateKey(), first.certificate());
        DeltaDiscoveryRequest refused =
                server.answer(server.send(ResourceType.SECRET, resource("s", "3", secret("s", mixed))));
        assertThat(refused.getErrorDetail().getMessage())
                .isEqualTo("Error adding/updating secret(s) s: tls_certificate.private_key: does not belong to the"
                        + " certificate");
        try (RawConnection fresh = client.connect()) {
            assertThat(fresh.serverCertificate()).contains(second.certificate());
        }
    }

    @Test
    void keepsItsConfigWhenTheControlPlaneGoesAndTellsTheNextOneWhatItHas() throws Exception {
        serve();
        int port = server.port();
        server.close();
        assertThat(get().backend()).contains("a");

        server = start(port);
        DeltaDiscoveryRequest clusters = server.subscription(ResourceType.CLUSTER);
        assertThat(clusters.getNode().getId()).isEqualTo("node-1");
        assertThat(clusters.getInitialResourceVersionsMap()).isEqualTo(Map.of("c", "1"));
        DeltaDiscoveryRequest endpoints = server.subscription(ResourceType.ENDPOINTS);
        assertThat(endpoints.getResourceNamesSubscribeList()).containsExactly("c");
        assertThat(endpoints.getInitialResourceVersionsMap()).isEqualTo(Map.of("c", "1"));
        assertThat(server.subscription(ResourceType.LISTENER).getInitialResourceVersionsMap())
                .isEqualTo(Map.of("l", "1"));
        assertThat(server.subscription(ResourceType.ROUTES).getInitialResourceVersionsMap())
                .isEqualTo(Map.of("r", "1"));
        assertThat(get().backend()).contains("a");

        server.answer(server.send(ResourceType.ENDPOINTS, resource("c", "2", endpoints("c", b.port()))));
        assertThat(get().backend()).contains("b");
    }

    @Test
    void goesToAnotherReplicaWhenItsOwnIsGone() throws Exception {
        DeltaServer left = start(0);
        int leftPort = left.port();
        try (DeltaServer right = start(0);
                DataPlane following = TestProxy.open(bootstrap(leftPort, right.port()), TestProxy.SETTINGS)) {
            left.close(); // whether it was asked or not
            right.subscription(ResourceType.CLUSTER);
            right.answer(right.send(ResourceType.CLUSTER));
            try (DeltaServer again = start(leftPort)) {
                right.close();
                again.subscription(ResourceType.CLUSTER);
                assertThat(following.whenClosed().toCompletableFuture()).isNotDone();
            }
        }
    }

    @Test
    void requestsInFlightOutliveTheirEndpoint() throws Exception {
        serve();
        a.delay(Duration.ofSeconds(2));
        try (RawConnection connection = RawHttpClient.plain("127.0.0.1", PORT).connect()) {
            connection.write(RawRequest.get("x", "/").toBytes());
            await().until(() -> a.inFlight() == 1);
            server.answer(server.send(ResourceType.ENDPOINTS, resource("c", "2", endpoints("c", b.port()))));
            assertThat(get().backend()).contains("b");
            assertThat(connection.read("GET").backend()).contains("a");
        }
    }

    @Test
    void anUnknownTypeDoesNotEndTheStream() throws Exception {
        serve();
        server.sendUnknownType();
        server.answer(server.send(ResourceType.ENDPOINTS, resource("c", "2", endpoints("c", b.port()))));
        assertThat(get().backend()).contains("b");
    }
}
