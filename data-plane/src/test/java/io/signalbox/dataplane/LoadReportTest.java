package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.signalbox.dataplane.LoadServer.Load;
import io.signalbox.local.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What load reports say, of this data plane and of Envoy. */
class LoadReportTest {
    private static final Load SUCCESS = Load.ended(1, 1, 0);
    private static final Load ERROR = Load.ended(1, 0, 1);
    private static final String GRPC = "content-type: application/grpc";

    /** Of gRPC, with a message or with the status alone. */
    private static final List<String> CALLS =
            List.of("/calls/message-0", "/calls/message-5", "/calls/message-14", "/calls/alone-5", "/calls/alone-14");

    private static final String H2 =
            "typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {\"@type\":"
                    + " type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,"
                    + " explicit_http_config: {http2_protocol_options: {}}}}";

    private static final String REPORTS = """
            cluster_manager:
              load_stats_config:
                api_type: GRPC
                transport_api_version: V3
                grpc_services: [{envoy_grpc: {cluster_name: loads}}]
            """;

    private static final String ROUTES = """
            - {match: {prefix: /to-dead}, route: {cluster: dead}}
            - {match: {prefix: /to-deaf}, route: {cluster: deaf, timeout: 0.1s}}
            - {match: {prefix: /to-nobody}, route: {cluster: nobody}}
            - {match: {prefix: /to-full}, route: {cluster: full}}
            - {match: {prefix: /copied}, route: {cluster: c, request_mirror_policies: [{cluster: copies}]}}
            - {match: {prefix: /to-crowd}, route: {cluster: crowd}}
            - {match: {prefix: /up}, route: {cluster: c, upgrade_configs: [{upgrade_type: websocket}]}}
            - {match: {prefix: /timeout}, route: {cluster: c, timeout: 0.1s}}
            - {match: {prefix: /each}, route: {cluster: c, retry_policy: {retry_on: 5xx, num_retries: 1, per_try_timeout: 0.1s}}}
            - {match: {prefix: /again}, route: {cluster: c, retry_policy: {retry_on: "5xx,retriable-4xx", num_retries: 2}}}
            - {match: {prefix: /}, route: {cluster: c}}
            """;

    /** @param headers lines of the request, beside those that all have */
    private record Case(String path, String headers, String cluster, Load counted) {
        static Case get(String path, Load counted) {
            return new Case(path, "x: y", "c", counted);
        }

        static Case call(String path, String type, Load counted) {
            return new Case(path, type, "c", counted);
        }

        Case of(String other) {
            return new Case(path, headers, other, counted);
        }
    }

    private static List<Case> cases() {
        Stream<Case> answers = IntStream.of(200, 204, 301, 304, 400, 404, 408, 429, 499)
                .mapToObj(status -> Case.get("/" + status, SUCCESS));
        Stream<Case> failures = IntStream.of(500, 503, 599).mapToObj(status -> Case.get("/" + status, ERROR));
        Stream<Case> calls = IntStream.rangeClosed(0, 17)
                .mapToObj(status -> Case.call(
                        "/grpc/" + status,
                        GRPC,
                        List.of(2, 4, 12, 13, 14, 15, 17).contains(status) ? ERROR : SUCCESS));
        Stream<Case> others = Stream.of(
                Case.get("/close", ERROR),
                Case.get("/nonsense", ERROR),
                Case.get("/early", SUCCESS),
                Case.get("/cut", SUCCESS),
                Case.get("/timeout/slow", ERROR),
                Case.get("/each/slow", Load.ended(2, 0, 2)),
                Case.get("/again/503", Load.ended(3, 0, 3)),
                Case.get("/again/409", Load.ended(3, 1, 2)),
                Case.get("/again/close", Load.ended(3, 0, 3)),
                Case.get("/copied/503", ERROR),
                Case.get("/copied/503", ERROR).of("copies"),
                Case.get("/to-dead", Load.ended(0, 0, 1)).of("dead"),
                Case.get("/to-nobody", Load.NONE).of("nobody"),
                Case.get("/to-full", new Load(0, 0, 1, 1, 0)).of("full"), // as an error, too
                Case.get("/to-crowd", new Load(0, 0, 0, 1, 0)).of("crowd"),
                Case.call("/grpc/14", GRPC + "+proto", ERROR),
                Case.call("/grpc/14", GRPC + "-web", SUCCESS),
                Case.call("/grpc/abc", GRPC, ERROR),
                Case.call("/200", GRPC, ERROR),
                Case.call("/404", GRPC, ERROR),
                Case.call("/204", GRPC, ERROR),
                Case.call("/503", GRPC, ERROR),
                Case.call("/cut", GRPC, ERROR),
                Case.call("/up/200", "connection: upgrade\r\nupgrade: websocket", Load.ended(1, 0, 0)),
                Case.call("/up/101", "connection: upgrade\r\nupgrade: websocket", SUCCESS));
        return Stream.of(answers, failures, calls, others).flatMap(each -> each).toList();
    }

    private static void serve(ScriptedBackend.Peer peer) throws IOException {
        for (String head = peer.readHead(); head != null; head = peer.readHead()) {
            String path = head.split(" ", 3)[1];
            String last = path.substring(path.lastIndexOf('/') + 1);
            switch (last) {
                case "close" -> {
                    return;
                }
                case "slow" -> {
                    assertThat(peer.isAtEnd()).isTrue(); // the proxy gives up
                    return;
                }
                case "nonsense" -> {
                    peer.write("nonsense\r\n\r\n");
                    return;
                }
                case "cut" -> {
                    peer.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc");
                    return;
                }
                case "101" -> {
                    peer.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
                    return;
                }
                case "early" ->
                    peer.write("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
                case "204", "304" -> peer.write("HTTP/1.1 " + last + " X\r\n\r\n");
                default ->
                    peer.write(
                            path.startsWith("/grpc/")
                                    ? "HTTP/1.1 200 OK\r\ngrpc-status: " + last + "\r\ncontent-length: 0\r\n\r\n"
                                    : "HTTP/1.1 " + last + " X\r\ncontent-length: 2\r\n\r\nok");
            }
        }
    }

    private static String callsBootstrap(LoadServer server, int calls) {
        return Bootstraps.plain(
                        Bootstraps.toCluster("/", "calls"),
                        Bootstraps.cluster("calls", calls).replace("type: STATIC", "type: STATIC, " + H2),
                        Bootstraps.cluster("loads", server.port()).replace("type: STATIC", "type: STATIC, " + H2))
                + REPORTS;
    }

    private static String bootstrap(LoadServer server, ScriptedBackend backend) throws IOException {
        return bootstrap(server, backend, FreePorts.next());
    }

    private static String bootstrap(LoadServer server, ScriptedBackend backend, int deaf) {
        return Bootstraps.plain(
                        ROUTES,
                        Bootstraps.cluster("c", backend.port()),
                        Bootstraps.cluster("copies", backend.port()),
                        Bootstraps.cluster("full", backend.port())
                                .replace(
                                        "type: STATIC",
                                        "type: STATIC, circuit_breakers: {thresholds: [{max_requests: 0}]}"),
                        Bootstraps.cluster("crowd", backend.port())
                                .replace(
                                        "type: STATIC",
                                        "type: STATIC, circuit_breakers: {thresholds: [{max_pending_requests: 0}]}"),
                        Bootstraps.cluster("dead", FreePorts.next()),
                        Bootstraps.cluster("deaf", deaf),
                        Bootstraps.cluster("nobody"),
                        Bootstraps.cluster("loads", server.port()).replace("type: STATIC", "type: STATIC, " + H2))
                + REPORTS;
    }

    @ParameterizedTest
    @EnumSource
    void eachTryCountsOnce(Plane plane) throws Exception {
        List<String> wrong = new ArrayList<>();
        try (LoadServer server = new LoadServer();
                ScriptedBackend backend = ScriptedBackend.start(LoadReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            awaitReports(server);
            for (Case each : cases()) {
                Load before = server.load(each.cluster());
                ask(proxy.address(), each.path(), each.headers());
                awaitReports(server);
                await().until(() -> server.load(each.cluster()).inProgress() == 0);
                Load counted = server.load(each.cluster()).minus(before);
                if (!counted.equals(each.counted())) {
                    wrong.add(each + " but was " + counted);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theStatusOfACallComesLast(Plane plane) throws Exception {
        Map<String, Load> counted = new TreeMap<>();
        Map<String, Load> expected = new TreeMap<>();
        Server calls = calls();
        try (LoadServer server = new LoadServer();
                Plane.Running proxy = plane.start(callsBootstrap(server, calls.getPort()))) {
            awaitReports(server);
            for (String path : CALLS) {
                Load before = server.load("calls");
                try (Socket client = connect(proxy.address())) {
                    client.getOutputStream().write(call(path));
                    assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
                }
                awaitReports(server);
                counted.put(path, server.load("calls").minus(before));
                expected.put(path, path.endsWith("-14") ? ERROR : SUCCESS);
            }
        } finally {
            calls.shutdownNow();
        }
        assertThat(counted).isEqualTo(expected);
    }

    private static byte[] call(String path) {
        return ("POST " + path + " HTTP/1.1\r\nhost: x\r\n" + GRPC
                        + "\r\nte: trailers\r\ncontent-length: 5\r\nconnection: close\r\n\r\n\0\0\0\0\0")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Server calls() throws IOException {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("calls");
        for (String path : CALLS) {
            int status = Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
            boolean message = path.contains("message");
            MethodDescriptor<Empty, Empty> method = MethodDescriptor.<Empty, Empty>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(path.substring(1))
                    .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                    .build();
            service.addMethod(method, (call, headers) -> {
                if (message) {
                    call.sendHeaders(new Metadata());
                    call.sendMessage(Empty.getDefaultInstance());
                }
                call.close(Status.fromCodeValue(status), new Metadata());
                return new ServerCall.Listener<>() {};
            });
        }
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service.build())
                .build()
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsInProgressUntilItsClientGoesAwayAndCountsNeitherWay(Plane plane) throws Exception {
        try (LoadServer server = new LoadServer();
                ScriptedBackend backend = ScriptedBackend.start(LoadReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            awaitReports(server);
            try (Socket client = connect(proxy.address())) {
                client.getOutputStream().write(request("/slow", "x: y"));
                await().until(() -> server.load("c").inProgress() == 1);
            }
            await().until(() -> server.load("c").inProgress() == 0);
            assertThat(server.load("c")).isEqualTo(Load.ended(1, 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestWhoseTimeIsUpBeforeThereIsAConnectionIsNotCounted(Plane plane) throws Exception {
        try (LoadServer server = new LoadServer();
                ScriptedBackend backend = ScriptedBackend.start(LoadReportTest::serve);
                DeafBackend deaf = new DeafBackend();
                Plane.Running proxy = plane.start(bootstrap(server, backend, deaf.port()))) {
            awaitReports(server);
            ask(proxy.address(), "/to-deaf", "x: y");
            awaitReports(server);

            assertThat(server.load("deaf")).isEqualTo(Load.NONE);
        }
    }

    /** Has all the connections that it will ever have. */
    private static final class DeafBackend implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();

        DeafBackend() throws IOException {
            try {
                while (true) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(server.getLocalSocketAddress(), 200);
                }
            } catch (SocketTimeoutException e) {
                // No more room.
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCountedWhileTheStreamWasBrokenIsToldOnTheNextOne(Plane plane) throws Exception {
        try (LoadServer server = new LoadServer();
                ScriptedBackend backend = ScriptedBackend.start(LoadReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            awaitReports(server);
            server.breakStream();
            ask(proxy.address(), "/200", "x: y");
            ask(proxy.address(), "/500", "x: y");

            await().until(() -> server.load("c").equals(Load.ended(2, 1, 1)));
            awaitReports(server);
            assertThat(server.load("c")).isEqualTo(Load.ended(2, 1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesNameTheNodeAllClustersAndTheTimeTheyCover(Plane plane) throws Exception {
        try (LoadServer server = new LoadServer();
                ScriptedBackend backend = ScriptedBackend.start(LoadReportTest::serve);
                Plane.Running proxy = plane.start(bootstrap(server, backend))) {
            awaitReports(server);
            LoadStatsRequest last = server.requests().get(server.requests().size() - 1);

            assertThat(server.requests())
                    .allMatch(request -> request.getNode().getId().equals("test-node"));
            assertThat(last.getNode().getClientFeaturesList()).contains("envoy.lrs.supports_send_all_clusters");
            assertThat(last.getClusterStatsList())
                    .extracting(cluster -> cluster.getClusterName())
                    .contains("c", "copies", "full", "dead", "nobody", "loads");
            assertThat(last.getClusterStatsList())
                    .filteredOn(cluster -> !cluster.getClusterName().equals("loads")) // Envoy's own request is on it
                    .allMatch(cluster -> cluster.getUpstreamLocalityStatsCount() == 0)
                    .allMatch(cluster -> Durations.isPositive(cluster.getLoadReportInterval()));
            assertThat(proxy.address().getPort()).isPositive();
        }
    }

    @Test
    void aServerThatNoClusterNamesIsRefused() {
        String bootstrap = Bootstraps.plain(Bootstraps.toCluster("/", "c"), Bootstraps.cluster("c", 1)) + """
                cluster_manager: {load_stats_config: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: x}}]}}
                """;
        assertThatThrownBy(() -> TestProxy.open(bootstrap, TestProxy.SETTINGS))
                .hasMessage("cluster_manager.load_stats_config: there is no static cluster \"x\"");
    }

    private static byte[] request(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nhost: x\r\n" + headers + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads until the response has begun, and as far as it goes then. */
    private static void ask(InetSocketAddress proxy, String path, String headers) throws IOException {
        boolean keepsOpen = headers.startsWith("connection:");
        try (Socket client = connect(proxy)) {
            client.getOutputStream().write(request(path, keepsOpen ? headers : headers + "\r\nconnection: close"));
            byte[] answer = keepsOpen
                    ? client.getInputStream().readNBytes(1)
                    : client.getInputStream().readAllBytes();
            assertThat(answer).isNotEmpty();
        }
    }

    private static Socket connect(InetSocketAddress proxy) throws IOException {
        return new Socket(proxy.getAddress(), proxy.getPort());
    }

    /** Until all that has happened by now is told: one report may be on its way already. */
    private static void awaitReports(LoadServer server) {
        int before = server.requests().size();
        await().until(() -> server.requests().size() >= before + 3);
    }
}
