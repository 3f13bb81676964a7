package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import io.signalbox.local.TestCertificates;
import io.signalbox.testkit.SeededDice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks real Envoys, the newest and the oldest we support, whether they understand what we mean. */
class EnvoyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<String> versions() {
        return Stream.of(EnvoyBinary.PINNED_VERSION, "1.36.4");
    }

    private static EnvoyProcess start(String version, ConfigDraft config) throws Exception {
        String bootstrap = StaticBootstrap.of(new Translator().translate(config.compiled()));
        EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.version(version), bootstrap);
        envoy.awaitReady(PATIENCE);
        return envoy;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void takesEveryFeature(String version) throws Exception {
        for (Map.Entry<String, ConfigDraft> feature : Features.ALL.entrySet()) {
            if (Set.of("https", "pool-tls", "tls-handshake", "tls-client-certificates", "http3", "tls-passthrough")
                    .contains(feature.getKey())) {
                continue; // its certificates are not real; see picksTheCertificateByServerName
            }
            try (EnvoyProcess envoy = start(version, feature.getValue())) {
                assertThat(envoy.listeners().keySet())
                        .as(feature.getKey())
                        .isEqualTo(feature.getValue().config().listeners().keySet());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void findsTheRouteByTheTree(String version) throws Exception {
        ConfigDraft config = new ConfigDraft()
                .http("edge", 0)
                .route(RouteDraft.named("root").prefix("/"))
                .route(RouteDraft.named("api").prefix("/api"))
                .route(RouteDraft.named("post").prefix("/api/orders").methods("POST"))
                .route(RouteDraft.named("exact").exact("/api/status"))
                .route(RouteDraft.named("id").regex("/api/users/[0-9]+"))
                .route(RouteDraft.named("jpg").regex(".*\\.jpg"))
                .route(RouteDraft.named("images").hosts("images.test").regex(".*\\.(jpg|png)"));
        try (EnvoyProcess envoy = start(version, config)) {
            Edge edge = new Edge(envoy);
            edge.expect("root", edge.get("/"));
            edge.expect("root", edge.get("/apix"));
            edge.expect("api", edge.get("/api"));
            edge.expect("api", edge.get("/api?x=1"));
            edge.expect("api", edge.get("/api/?x=1"));
            edge.expect("api", edge.get("/api/orders"));
            edge.expect("post", RawRequest.of("POST", "test", "/api/orders/1").withBody(""));
            edge.expect("exact", edge.get("/api/status?x"));
            edge.expect("api", edge.get("/api/status/"));
            edge.expect("id", edge.get("/api/users/7"));
            edge.expect("api", edge.get("/api/users/x"));
            edge.expect("jpg", edge.get("/api/status.jpg"));
            edge.expect("jpg", edge.get("/api/orders/x.jpg?y"));
            edge.expect("images", RawRequest.get("images.test:8080", "/x.png"));
            edge.expect("images", RawRequest.get("IMAGES.test", "/x.png"));
            assertThat(edge.send(RawRequest.get("images.test", "/x.gif")).status())
                    .isEqualTo(404);
            assertThat(edge.send(RawRequest.get("other.test", "/")).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void understandsConditions(String version) throws Exception {
        try (EnvoyProcess envoy = start(version, Features.headers())) {
            Edge edge = new Edge(envoy);
            edge.expect("exact", edge.get("/exact").with("X-A", "1"));
            edge.expectNone(edge.get("/exact").with("x-a", "11"));
            edge.expect("prefix", edge.get("/prefix").with("x-a", "12"));
            edge.expectNone(edge.get("/prefix").with("x-a", "21"));
            edge.expect("suffix", edge.get("/suffix").with("x-a", "21"));
            edge.expect("contains", edge.get("/contains").with("x-a", "212"));
            edge.expect("regex", edge.get("/regex").with("x-a", "11"));
            edge.expectNone(edge.get("/regex").with("x-a", "112"));
            edge.expect("present", edge.get("/present").with("x-a", ""));
            edge.expectNone(edge.get("/present"));
            edge.expect("absent", edge.get("/absent"));
            edge.expectNone(edge.get("/absent").with("x-a", "1"));
            edge.expect("not", edge.get("/not").with("x-a", "2"));
            edge.expectNone(edge.get("/not").with("x-a", "1"));
            edge.expectNone(edge.get("/not"));
            edge.expect("not-present", edge.get("/not-present"));
            edge.expect("not-absent", edge.get("/not-absent").with("x-a", "1"));
            edge.expectNone(edge.get("/not-absent"));
        }
        try (EnvoyProcess envoy = start(version, Features.query())) {
            Edge edge = new Edge(envoy);
            edge.expect("exact", edge.get("/exact?a=b&q=1"));
            edge.expectNone(edge.get("/exact?q=2&q=1"));
            edge.expect("regex", edge.get("/regex?q=123"));
            edge.expect("present", edge.get("/present?q"));
            edge.expectNone(edge.get("/present?p"));
            edge.expect("absent", edge.get("/absent?p"));
            edge.expectNone(edge.get("/absent?q="));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void understandsCookies(String version) throws Exception {
        try (EnvoyProcess envoy = start(version, Features.cookies())) {
            Edge edge = new Edge(envoy);
            edge.expect("exact", edge.get("/exact").with("Cookie", "a=1; c=true; d=2"));
            edge.expectNone(edge.get("/exact").with("Cookie", "xc=true; c=false"));
            edge.expectNone(edge.get("/exact"));
            edge.expect("long", edge.get("/long").with("Cookie", "c=" + "0123456789".repeat(20)));
            edge.expect("regex", edge.get("/regex").with("Cookie", "a=1; c=v1.2"));
            edge.expectNone(edge.get("/regex").with("Cookie", "c=x; d=v1"));
            edge.expect("present", edge.get("/present").with("Cookie", "a=1; c="));
            edge.expectNone(edge.get("/present").with("Cookie", "a=c"));
            edge.expect("absent", edge.get("/absent"));
            edge.expect("absent", edge.get("/absent").with("Cookie", "a=1"));
            edge.expectNone(edge.get("/absent").with("Cookie", "a=1; c=x"));
            // Two lines are wrong in HTTP/1.1 (RFC 6265 section 5.4), and releases differ on the first.
            RawRequest twoLines = edge.get("/exact").with("Cookie", "a=1").with("Cookie", "c=true");
            if (version.equals(EnvoyBinary.PINNED_VERSION)) {
                edge.expect("exact", twoLines);
            } else {
                edge.expectNone(twoLines);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void picksTheCertificateByServerName(String version) throws Exception {
        TestCertificates authority = TestCertificates.authority();
        TestCertificates.Issued first = authority.issue("first.test");
        TestCertificates.Issued second = authority.issue("second.test", "*.wild.test");
        ConfigDraft config = new ConfigDraft()
                .certificate("first", first.chain(), first.privateKey())
                .certificate("second", second.chain(), second.privateKey())
                .https("edge", 0, "first", "second")
                .route(RouteDraft.named("all").hosts("*"));
        try (EnvoyProcess envoy = start(version, config)) {
            InetSocketAddress address = Objects.requireNonNull(envoy.listeners().get("edge"));
            assertThat(served(address, "first.test")).isEqualTo(first.certificate());
            assertThat(served(address, "second.test")).isEqualTo(second.certificate());
            assertThat(served(address, "a.wild.test")).isEqualTo(second.certificate());
            assertThat(served(address, "a.b.wild.test")).isEqualTo(first.certificate());
            assertThat(served(address, "unknown.test")).isEqualTo(first.certificate());
            RawHttpClient client = RawHttpClient.tls(address, "second.test", authority.root());
            assertThat(client.send(RawRequest.get("second.test", "/")).text()).isEqualTo("all");
        }
    }

    /** The leaf that a client gets who asks for this name and takes anything. */
    private static Certificate served(InetSocketAddress address, String name) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try (Socket plain = new Socket(address.getAddress(), address.getPort());
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, name, address.getPort(), true)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void takesWhateverRegexWeTake(String version) throws Exception {
        SeededDice dice = SeededDice.roll();
        ConfigDraft config = new ConfigDraft().http("edge", 0);
        for (int i = 0; i < 1_000; i++) {
            String regex = RandomRegex.next(dice, 5);
            if (isRegex(regex)) {
                ValueMatch value = new ValueMatch.Regex(regex);
                config.route(RouteDraft.named("r" + i)
                        .exact("/" + i)
                        .header("h", value)
                        .cookie("c", value));
            }
        }
        try (EnvoyProcess envoy = start(version, config)) {
            assertThat(envoy.listeners()).containsOnlyKeys("edge");
        }
    }

    private static boolean isRegex(String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private record Edge(RawHttpClient client) {
        Edge(EnvoyProcess envoy) {
            this(RawHttpClient.plain(Objects.requireNonNull(envoy.listeners().get("edge"))));
        }

        RawRequest get(String target) {
            return RawRequest.get("test", target);
        }

        RawResponse send(RawRequest request) throws IOException {
            return client.send(request);
        }

        /** That this route takes the request; in these tests each answers its name. */
        void expect(String route, RawRequest request) throws IOException {
            assertThat(send(request).text()).as(request.toString()).isEqualTo(route);
        }

        void expectNone(RawRequest request) throws IOException {
            assertThat(send(request).status()).as(request.toString()).isEqualTo(404);
        }
    }
}
