package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.DataPlaneProcess;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A control plane and three proxies of one config, all fresh. The two Envoys listen on one port, as they have the same
 * listener; the kernel gives each connection to one of them, and Envoy's own count of requests tells to which. Closing
 * ends all. For one thread.
 */
final class Fleet implements AutoCloseable {
    private static final String LISTENER = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ApiClient api;
    private final EnvoyProcess envoyA;
    private final int port = FreePorts.nextBlock(2);

    /** One of the three. */
    enum Proxy {
        ENVOY_A,
        ENVOY_B,
        JAVA_PLANE;

        private String node() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Fleet() throws EnvoyNotFoundException {
        try {
            ControlPlaneProcess controlPlane = open(ControlPlaneProcess.start());
            api = controlPlane.api();
            open(DataPlaneProcess.start(
                    bootstrap(controlPlane, Proxy.JAVA_PLANE), new DataPlaneProcess.Options(1, List.of())));
            envoyA = open(EnvoyProcess.start(EnvoyBinary.find(), bootstrap(controlPlane, Proxy.ENVOY_A)));
            open(EnvoyProcess.start(EnvoyBinary.find(), bootstrap(controlPlane, Proxy.ENVOY_B)));
            for (Proxy proxy : Proxy.values()) {
                api.awaitConnected(proxy.node(), PATIENCE);
            }
            ObjectNode listener = JsonNodeFactory.instance.objectNode();
            listener.put("address", "127.0.0.1").put("port", port).putObject("http");
            create("listeners", LISTENER, listener);
        } catch (RuntimeException | EnvoyNotFoundException e) {
            close();
            throw e;
        }
    }

    static Fleet start() throws EnvoyNotFoundException {
        return new Fleet();
    }

    private static String bootstrap(ControlPlaneProcess controlPlane, Proxy proxy) {
        return EnvoyBootstrap.builder(proxy.node(), controlPlane.xds()).build().toYaml();
    }

    <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    ApiClient api() {
        return api;
    }

    /** Waits until all three have acknowledged a revision. */
    void awaitAcknowledged(long revision) {
        for (Proxy proxy : Proxy.values()) {
            api.awaitAcknowledged(proxy.node(), revision, PATIENCE);
        }
    }

    /** Writes something new, and waits until all three have acknowledged it. */
    void create(String kind, String name, ObjectNode spec) {
        awaitAcknowledged(api.put(kind, name, spec, Expect.ABSENT).revision());
    }

    /** A client of one of the three, or of whichever Envoy. */
    RawHttpClient client(Proxy proxy) {
        return RawHttpClient.plain("127.0.0.1", proxy == Proxy.JAVA_PLANE ? port + 1 : port);
    }

    /** A new connection to each of the three. */
    Lines connect() throws IOException {
        Map<Proxy, RawConnection> connections = new EnumMap<>(Proxy.class);
        connections.put(Proxy.JAVA_PLANE, connect(Proxy.JAVA_PLANE));
        connections.put(Proxy.ENVOY_A, connect(Proxy.ENVOY_A));
        connections.put(Proxy.ENVOY_B, connect(Proxy.ENVOY_B));
        return new Lines(connections);
    }

    /**
     * Tries until a connection comes to the proxy, and until there is a listener: Envoy's main thread acknowledges it, its
     * workers listen a moment later.
     */
    private RawConnection connect(Proxy proxy) throws IOException {
        RawHttpClient client = client(proxy);
        return Waiting.until(PATIENCE, () -> {
                    RawConnection connection = client.connect();
                    if (proxy == Proxy.JAVA_PLANE || serverOf(connection) == proxy) {
                        return Optional.of(connection);
                    }
                    connection.close();
                    return Optional.empty();
                })
                .orElseThrow(() -> new IOException("no connection came to " + proxy + " in " + PATIENCE
                        + " (expected: a kernel that spreads them over all that listen, as Linux does)"));
    }

    private Proxy serverOf(RawConnection connection) throws IOException {
        String counter = "http." + LISTENER + ".downstream_rq_total";
        long before = envoyA.stat(counter); // of requests: the connection may have been counted already
        connection.send(RawRequest.get(BenchStack.HOST, "/"));
        return envoyA.stat(counter) > before ? Proxy.ENVOY_A : Proxy.ENVOY_B;
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
