package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.conformance.Proxy.Own;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import io.signalbox.local.DataPlaneProcess;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import io.signalbox.local.TestCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A control plane and the proxies that follow it. */
public final class Bench implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    public static final String HTTP = "conformance-http";
    static final String HTTPS = "conformance-https";

    /** The data plane's listeners are that far from Envoy's, both HTTP and HTTPS. */
    static final int REFERENCE_OFFSET = 2;

    /** What the reference data plane behaves as, and what a proxy of unknown version is taken for. */
    private static final Release NEWEST =
            Release.find(EnvoyBinary.PINNED_VERSION).orElseThrow();

    private final ApiClient api;
    private final Optional<ControlPlaneProcess> controlPlane;
    private final List<Proxy> proxies = new ArrayList<>();
    private final Authorities authorities = new Authorities();

    private Bench(ApiClient api, Optional<ControlPlaneProcess> controlPlane) {
        this.api = api;
        this.controlPlane = controlPlane;
    }

    /** For a proxy and a control plane that run already. */
    static Bench of(Target.Url target, ApiClient api) {
        Bench bench = new Bench(api, Optional.empty());
        InetSocketAddress address =
                new InetSocketAddress(target.uri().getHost(), target.uri().getPort());
        bench.proxies.add(new Proxy(target.name(), NEWEST, address, Optional.empty(), false, () -> {}));
        return bench;
    }

    /**
     * Starts a control plane of its own with an HTTP and an HTTPS listener, and the targets.
     *
     * @param targets at most one Envoy and one reference data plane, since two of a kind would want the same ports
     */
    public static Bench start(List<Target> targets) throws EnvoyNotFoundException {
        ControlPlaneProcess controlPlane = ControlPlaneProcess.start();
        Bench bench = new Bench(controlPlane.api(), Optional.of(controlPlane));
        try {
            bench.startProxies(targets, controlPlane.xds());
            return bench;
        } catch (RuntimeException | EnvoyNotFoundException e) {
            bench.close();
            throw e;
        }
    }

    private void startProxies(List<Target> targets, HostPort xds) throws EnvoyNotFoundException {
        int port = FreePorts.nextBlock(2 * REFERENCE_OFFSET);
        createListeners(port);
        for (Target target : targets) {
            if (target instanceof Target.Envoy envoy) {
                proxies.add(startEnvoy(envoy, xds, port));
            } else if (target instanceof Target.Reference) {
                proxies.add(startReference(xds, port));
            } else {
                throw new IllegalArgumentException(target.name() + " runs already");
            }
        }
    }

    /** The names are part of what cases rely on; {@code conformance/README.md} has them. */
    private void createListeners(int port) {
        List<Change> changes = new ArrayList<>();
        ObjectNode https = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("shop.example.com", "*.wild.example.com", "other.example.com")) {
            String resource = "conformance-" + name.replaceAll("[^a-z]+", "-").replaceAll("^-", "");
            TestCertificates.Issued issued =
                    authorities.get(Authorities.DEFAULT).issue(name);
            ObjectNode spec = JsonNodeFactory.instance.objectNode();
            spec.put("chain", issued.chain()).put("privateKey", issued.privateKey());
            changes.add(create("certificate", resource, spec));
            https.withArray("certificates").add(resource);
        }
        changes.add(create("listener", HTTP, listener(port).set("http", JsonNodeFactory.instance.objectNode())));
        changes.add(create("listener", HTTPS, listener(port + 1).set("https", https)));
        api.changeSet("listeners of the conformance suite", changes, "");
    }

    private static ObjectNode listener(int port) {
        return JsonNodeFactory.instance.objectNode().put("address", "127.0.0.1").put("port", port);
    }

    private static Change create(String kind, String name, JsonNode spec) {
        return new Change(kind, name, Expect.ABSENT, Optional.of(spec), Map.of());
    }

    private static Proxy startEnvoy(Target.Envoy target, HostPort xds, int port) throws EnvoyNotFoundException {
        EnvoyBinary binary = target.version().isPresent()
                ? EnvoyBinary.version(target.version().get())
                : EnvoyBinary.find();
        EnvoyBootstrap bootstrap = EnvoyBootstrap.builder("conformance-envoy", xds)
                .protocol(target.protocol())
                .build();
        EnvoyProcess envoy = EnvoyProcess.start(
                binary,
                bootstrap.toYaml(),
                new EnvoyProcess.Options(1, "warn", List.of("--file-flush-interval-msec", "10")));
        try {
            envoy.awaitListener(HTTP, START);
            envoy.awaitListener(HTTPS, START);
        } catch (RuntimeException e) {
            envoy.close();
            throw e;
        }
        Target named = new Target.Envoy(Optional.of(binary.version()), target.protocol());
        Release release = Release.find(binary.version()).orElse(NEWEST);
        return proxy(named.name(), release, port, 0, release.equals(NEWEST), new Started(envoy, envoy.output(), true));
    }

    private static Proxy startReference(HostPort xds, int port) {
        EnvoyBootstrap bootstrap =
                EnvoyBootstrap.builder("conformance-reference", xds).build();
        DataPlaneProcess dataPlane =
                DataPlaneProcess.start(bootstrap.toYaml(), new DataPlaneProcess.Options(REFERENCE_OFFSET, List.of()));
        try {
            dataPlane.awaitReady(START);
        } catch (RuntimeException e) {
            dataPlane.close();
            throw e;
        }
        return proxy(
                new Target.Reference().name(),
                NEWEST,
                port,
                REFERENCE_OFFSET,
                false,
                new Started(dataPlane, dataPlane.output(), false));
    }

    /**
     * @param output where its standard output goes
     * @param speaksHttp3 whether it serves listeners of HTTP/3
     */
    private record Started(AutoCloseable process, Path output, boolean speaksHttp3) {}

    private static Proxy proxy(String name, Release release, int port, int offset, boolean measure, Started started) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        InetSocketAddress http = new InetSocketAddress(loopback, port + offset);
        InetSocketAddress https = new InetSocketAddress(loopback, port + offset + 1);
        Own own = new Own(https, offset, new LogTail(started.output), started.speaksHttp3);
        return new Proxy(name, release, http, Optional.of(own), measure, started.process);
    }

    public ApiClient api() {
        return api;
    }

    /** Those whose certificates its listeners show, and its clients trust. */
    Authorities authorities() {
        return authorities;
    }

    List<Proxy> proxies() {
        return List.copyOf(proxies);
    }

    /** Where each proxy listens for plain HTTP, by its name for reports. */
    public Map<String, InetSocketAddress> httpAddresses() {
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        proxies.forEach(proxy -> addresses.put(proxy.name(), proxy.http()));
        return addresses;
    }

    @Override
    public void close() {
        proxies.forEach(Proxy::close);
        controlPlane.ifPresent(ControlPlaneProcess::close);
    }
}
