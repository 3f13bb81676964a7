package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.DataPlaneProcess;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One control plane and one proxy with a plain HTTP listener, both fresh. Closing ends both. */
final class BenchStack implements AutoCloseable {
    static final String HOST = "bench.example.com";
    static final String NODE = "proxy";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ApiClient api;
    private final int port;
    private final ProcessHandle proxy;

    private BenchStack(Target target) throws EnvoyNotFoundException {
        try {
            ControlPlaneProcess controlPlane = open(ControlPlaneProcess.start());
            api = controlPlane.api();
            port = FreePorts.next();
            String bootstrap = EnvoyBootstrap.builder(NODE, controlPlane.xds())
                    .protocol(target == Target.ENVOY_SOTW ? Protocol.SOTW : Protocol.DELTA)
                    .build()
                    .toYaml();
            if (target.isEnvoy()) {
                proxy = handle(
                        open(EnvoyProcess.start(EnvoyBinary.find(), bootstrap)).pid());
            } else {
                proxy = handle(open(DataPlaneProcess.start(bootstrap, DataPlaneProcess.Options.DEFAULT))
                        .pid());
            }
            api.awaitConnected(NODE, PATIENCE);
            ObjectNode listener =
                    JSON.createObjectNode().put("address", "127.0.0.1").put("port", port);
            listener.putObject("http");
            awaitApplied(api.put("listeners", "bench", listener, Expect.ABSENT).revision());
        } catch (RuntimeException | EnvoyNotFoundException e) {
            close();
            throw e;
        }
    }

    static BenchStack start(Target target) throws EnvoyNotFoundException {
        return new BenchStack(target);
    }

    <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    ApiClient api() {
        return api;
    }

    private static ProcessHandle handle(long pid) {
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** How much time of processors the proxy has used. */
    Duration proxyCpu() {
        return proxy.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** A client of the listener. */
    RawHttpClient client() {
        return RawHttpClient.plain("127.0.0.1", port);
    }

    void awaitApplied(long revision) {
        api.awaitAcknowledged(NODE, revision, PATIENCE);
    }

    static ObjectNode pool(EchoBackend... backends) {
        ObjectNode pool = JSON.createObjectNode();
        for (EchoBackend backend : List.of(backends)) {
            pool.withArray("endpoints")
                    .addObject()
                    .put("address", backend.host())
                    .put("port", backend.port());
        }
        return pool;
    }

    /** A route of exactly one path to one pool. */
    static ObjectNode route(String path, String pool) {
        ObjectNode route = JSON.createObjectNode();
        route.putArray("hosts").add(HOST);
        route.putObject("match").putObject("path").put("exact", path);
        route.putObject("action")
                .putObject("forward")
                .putArray("pools")
                .addObject()
                .put("pool", pool);
        return route;
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
