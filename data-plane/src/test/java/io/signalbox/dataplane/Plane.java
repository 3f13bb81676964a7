package io.signalbox.dataplane;

import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** What a test runs on: this data plane, and Envoy to see whether it is right. */
enum Plane {
    REFERENCE,
    ENVOY;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    record Running(InetSocketAddress address, AutoCloseable process) implements AutoCloseable {
        RawResponse get(String path) throws IOException {
            return RawHttpClient.plain(address).send(RawRequest.get("x", path));
        }

        CompletableFuture<RawResponse> ask(String path) {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return get(path);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Override
        public void close() throws Exception {
            process.close();
        }
    }

    /** One listener {@code l}, all of whose requests go to one cluster. */
    static String bootstrap(String settings, int... ports) {
        String cluster = Bootstraps.cluster("c", ports).replace("type: STATIC", "type: STATIC, " + settings);
        return Bootstraps.plain(Bootstraps.toCluster("/", "c"), cluster);
    }

    Running start(String bootstrap) throws Exception {
        if (this == REFERENCE) {
            TestProxy proxy = TestProxy.start(bootstrap);
            return new Running(proxy.address(), proxy);
        }
        EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.version(EnvoyBinary.PINNED_VERSION), bootstrap);
        envoy.awaitReady(PATIENCE);
        return new Running(Objects.requireNonNull(envoy.listeners().get("l")), envoy);
    }
}
