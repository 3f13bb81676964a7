package io.signalbox.cli.quickstart;

import io.signalbox.cli.TemporaryDirectory;
import io.signalbox.cli.rest.RestApi;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.DataPlaneProcess;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * All parts on this machine: a control plane with its Postgres, echo servers, an Envoy if there is one, and the Java data
 * plane. Closing it ends what it started, last things first, and removes its files.
 */
final class LocalStack implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STATS_INTERVAL = Duration.ofSeconds(1);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final TestCertificates authority = TestCertificates.authority();
    private final Backends backends = new Backends();
    private final List<Plane> planes = new ArrayList<>();
    private final TemporaryDirectory directory;
    private final ControlPlaneProcess controlPlane;
    private final Scenario scenario;

    private LocalStack(Optional<EnvoyBinary> envoy, Progress progress) throws IOException {
        directory = open(TemporaryDirectory.create("quickstart"));
        open(backends);
        try {
            progress.begin("Postgres and control plane");
            controlPlane = open(ControlPlaneProcess.start());
            progress.end("ready");

            int envoyPort = FreePorts.next();
            int javaPort = FreePorts.next();
            progress.begin("echo servers");
            scenario = scenario(envoyPort);
            progress.end(backends.count() + " of them");

            if (envoy.isPresent()) {
                progress.begin("Envoy " + envoy.get().version());
                startEnvoy(envoy.get(), envoyPort);
                progress.end("connected");
            }
            progress.begin("Java data plane");
            startDataPlane(javaPort, javaPort - envoyPort);
            progress.end("connected");
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static LocalStack start(Optional<EnvoyBinary> envoy, Progress progress) throws IOException {
        return new LocalStack(envoy, progress);
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    private Scenario scenario(int edgePort) throws IOException {
        Issued issued = authority.issue(EdgeRequest.HOST);
        Path path = directory.path();
        Files.writeString(path.resolve("shop.crt"), issued.chain());
        Files.writeString(path.resolve("shop.key"), issued.privateKey());
        Files.writeString(authorityFile(), authority.rootPem());
        return Scenario.prepare(path, edgePort, backends);
    }

    private void startEnvoy(EnvoyBinary binary, int port) {
        String node = "envoy";
        open(EnvoyProcess.start(binary, bootstrap(node)));
        controlPlane.api().awaitConnected(node, START);
        addPlane("Envoy", node, port);
    }

    private void startDataPlane(int port, int offset) {
        String node = "java";
        open(DataPlaneProcess.start(bootstrap(node), new DataPlaneProcess.Options(offset, List.of())));
        controlPlane.api().awaitConnected(node, START);
        addPlane("Java plane", node, port);
    }

    private String bootstrap(String node) {
        return EnvoyBootstrap.builder(node, controlPlane.xds())
                .protocol(Protocol.DELTA)
                .statsInterval(STATS_INTERVAL)
                .build()
                .toYaml();
    }

    private void addPlane(String title, String node, int port) {
        InetSocketAddress edge = new InetSocketAddress(LOOPBACK, port);
        planes.add(new Plane(title, node, edge, RawHttpClient.tls(edge, EdgeRequest.HOST, authority.root())));
    }

    Shop shop() {
        return new Shop(
                scenario,
                backends,
                List.copyOf(planes),
                new RestApi(controlPlane.rest(), controlPlane.token()),
                authority);
    }

    String rest() {
        return controlPlane.rest();
    }

    String token() {
        return controlPlane.token();
    }

    /** What clients have to trust, for {@code curl --cacert}. */
    Path authorityFile() {
        return directory.path().resolve("ca.crt");
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.err.println("cannot stop everything: " + e);
            }
        }
    }
}
