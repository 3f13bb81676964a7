package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import io.signalbox.local.DataPlaneProcess;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** An Envoy and a Java data plane of one control plane, each on ports of its own. */
final class Proxies implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ENVOY = "envoy";
    private static final String JAVA = "java";

    private final EnvoyProcess envoy;
    private final DataPlaneProcess java;
    private final int envoyPort = FreePorts.next();
    private final int javaPort = FreePorts.next();

    private Proxies(List<HostPort> ofEnvoy, List<HostPort> ofJava, UnaryOperator<String> change)
            throws EnvoyNotFoundException {
        envoy = EnvoyProcess.start(EnvoyBinary.find(), change.apply(bootstrap(ENVOY, ofEnvoy)));
        java = DataPlaneProcess.start(
                change.apply(bootstrap(JAVA, ofJava)), new DataPlaneProcess.Options(javaPort - envoyPort, List.of()));
    }

    static Proxies start(HostPort xds) throws EnvoyNotFoundException {
        return start(List.of(xds), List.of(xds));
    }

    /** From bootstraps that are older than the metrics service. */
    static Proxies startWithoutStatistics(HostPort xds) throws EnvoyNotFoundException {
        return new Proxies(
                List.of(xds),
                List.of(xds),
                bootstrap -> bootstrap.substring(0, bootstrap.indexOf("stats_sinks:"))
                        + bootstrap.substring(bootstrap.indexOf("static_resources:")));
    }

    /** Of one control plane with several replicas, of which each knows these. */
    static Proxies start(List<HostPort> ofEnvoy, List<HostPort> ofJava) throws EnvoyNotFoundException {
        return new Proxies(ofEnvoy, ofJava, bootstrap -> bootstrap);
    }

    private static String bootstrap(String node, List<HostPort> xds) {
        return EnvoyBootstrap.builder(node, xds)
                .protocol(Protocol.DELTA)
                .statsInterval(Duration.ofSeconds(1))
                .build()
                .toYaml();
    }

    /** What to configure as the port of the listener; the Java plane adds its offset. */
    int listenerPort() {
        return envoyPort;
    }

    /** Waits until both have acknowledged a revision. */
    void awaitAcknowledged(ApiClient api, long revision) {
        api.awaitAcknowledged(ENVOY, revision, PATIENCE);
        api.awaitAcknowledged(JAVA, revision, PATIENCE);
    }

    /**
     * Waits until both answer as they should. To have acknowledged is not enough: Envoy's main thread does that, and its
     * workers follow (Envoy: "Threading model").
     */
    void awaitAnswers(String path, Predicate<RawResponse> right) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ConnectException.class) // the worker has not bound the listener yet
                .untilAsserted(
                        () -> assertThat(get(path)).as("answers to %s", path).allMatch(right));
    }

    /** Waits until both are connected. */
    void awaitConnected(ApiClient api) {
        api.awaitConnected(ENVOY, PATIENCE);
        api.awaitConnected(JAVA, PATIENCE);
    }

    List<RawHttpClient> clients() {
        return List.of(RawHttpClient.plain("127.0.0.1", envoyPort), RawHttpClient.plain("127.0.0.1", javaPort));
    }

    Map<String, RawHttpClient> byNode() {
        return Map.of(ENVOY, clients().get(0), JAVA, clients().get(1));
    }

    /** What Envoy and the Java plane answer, in that order. */
    List<RawResponse> get(String path) throws IOException {
        RawRequest request = RawRequest.get(Specs.HOST, path);
        return List.of(clients().get(0).send(request), clients().get(1).send(request));
    }

    /** Ends Envoy without any farewell; gives its node id. */
    String killEnvoy() {
        envoy.kill9();
        return ENVOY;
    }

    @Override
    public void close() {
        java.close();
        envoy.close();
    }
}
