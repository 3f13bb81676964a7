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
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawHttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One control plane and three edges with one plain HTTP listener: two Envoys, which share a port (connections are spread by the
 * kernel), and the Java data plane on another one. Closing ends all.
 */
final class Edges implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NODES = List.of("envoy-1", "envoy-2", "java");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ApiClient api;
    private final int envoyPort = FreePorts.next();
    private final int javaPort = FreePorts.next();

    private Edges() throws EnvoyNotFoundException {
        try {
            ControlPlaneProcess controlPlane = open(ControlPlaneProcess.start());
            api = controlPlane.api();
            for (String node : NODES) {
                String bootstrap = EnvoyBootstrap.builder(node, controlPlane.xds())
                        .protocol(Protocol.DELTA)
                        .build()
                        .toYaml();
                if (node.equals("java")) {
                    open(DataPlaneProcess.start(
                            bootstrap, new DataPlaneProcess.Options(javaPort - envoyPort, List.of())));
                } else {
                    open(EnvoyProcess.start(EnvoyBinary.find(), bootstrap));
                }
                api.awaitConnected(node, PATIENCE);
            }
            ObjectNode listener =
                    JSON.createObjectNode().put("address", "127.0.0.1").put("port", envoyPort);
            listener.putObject("http");
            put("listeners", "edge", listener);
        } catch (RuntimeException | EnvoyNotFoundException e) {
            close();
            throw e;
        }
    }

    static Edges start() throws EnvoyNotFoundException {
        return new Edges();
    }

    <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    ApiClient api() {
        return api;
    }

    /** Writes something new, and waits until all edges have it. */
    void put(String kind, String name, ObjectNode spec) {
        api.put(kind, name, spec, Expect.ABSENT, "wait=applied&timeout=20s");
    }

    /** A client of one edge; numbers are handed out in turn. */
    RawHttpClient client(int number) {
        return RawHttpClient.plain("127.0.0.1", number % NODES.size() == 0 ? javaPort : envoyPort);
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
