package io.signalbox.routing;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.LocalProcessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One Envoy that serves many route configurations, each on a Unix socket of its own, so no port is ever taken. Its
 * clusters lead to one more listener of the same process, which says what it received; response headers say which
 * virtual host, route and cluster were chosen.
 */
final class RealEnvoy implements AutoCloseable {
    static final List<String> CLUSTERS = List.of("c0", "c1", "c2", "c3");

    /** What the upstream saw, empty where nothing was sent to it, and what the client got. */
    record Heads(String request, String response) {}

    private final EnvoyProcess process;
    private final Path directory;
    private final Optional<RecordingUpstream> recording;
    private final Map<Integer, EnvoyConnection> connections = new HashMap<>();

    private RealEnvoy(EnvoyProcess process, Path directory, Optional<RecordingUpstream> recording) {
        this.process = process;
        this.directory = directory;
        this.recording = recording;
    }

    /** @throws LocalProcessException with Envoy's words, if it refuses one of them */
    static RealEnvoy serving(List<RouteConfiguration> configurations) throws Exception {
        Path directory = Files.createTempDirectory("routes");
        try {
            EnvoyProcess process = EnvoyProcess.start(
                    EnvoyBinary.version(EnvoyBinary.PINNED_VERSION), json(bootstrap(directory, configurations)));
            process.awaitReady(Duration.ofSeconds(30));
            return new RealEnvoy(process, directory, Optional.empty());
        } catch (LocalProcessException e) {
            delete(directory);
            throw e;
        }
    }

    /** One configuration, with clusters whose hosts all answer. */
    static RealEnvoy balancing(RouteConfiguration routes, List<HashedClusters> clusters) throws Exception {
        Path directory = Files.createTempDirectory("hosts");
        RouteConfiguration.Builder telling = routes.toBuilder()
                .addResponseHeadersToAdd(header("x-host", "%UPSTREAM_HOST%"))
                .addResponseHeadersToAdd(header("x-cluster", "%UPSTREAM_CLUSTER%"));
        Bootstrap.Builder bootstrap = bootstrap(directory, List.of()).toBuilder();
        Bootstrap.StaticResources.Builder resources = bootstrap.getStaticResourcesBuilder();
        clusters.forEach(cluster -> resources.addClusters(cluster.envoy(directory)));
        int hosts = clusters.stream().mapToInt(c -> c.weights().size()).max().orElseThrow();
        for (int i = 0; i < hosts; i++) {
            resources.addListeners(listener("host-" + i, HashedClusters.socket(directory, i), echo()));
        }
        resources.addListeners(listener("test-0", socket(directory, 0), telling.build()));
        EnvoyProcess process =
                EnvoyProcess.start(EnvoyBinary.version(EnvoyBinary.PINNED_VERSION), json(bootstrap.build()));
        process.awaitReady(Duration.ofSeconds(30));
        return new RealEnvoy(process, directory, Optional.empty());
    }

    Path directory() {
        return directory;
    }

    /** Asks all at once; the headers of the answers. */
    List<Map<String, String>> pipeline(List<Request> requests) throws IOException {
        return connection(0).pipeline(requests);
    }

    /** The configurations as they are, with an upstream that records what it gets and answers with these headers. */
    static RealEnvoy recording(List<RouteConfiguration> configurations, String upstreamHeaders) throws Exception {
        Path directory = Files.createTempDirectory("routes");
        Path upstream = directory.resolve("upstream.sock");
        RecordingUpstream recording = RecordingUpstream.on(upstream, upstreamHeaders);
        Bootstrap.Builder bootstrap = bootstrap(directory, List.of()).toBuilder();
        Bootstrap.StaticResources.Builder resources = bootstrap.getStaticResourcesBuilder();
        resources.clearClusters();
        CLUSTERS.forEach(name -> resources.addClusters(cluster(name, upstream)));
        for (int i = 0; i < configurations.size(); i++) {
            resources.addListeners(listener("test-" + i, socket(directory, i), configurations.get(i)));
        }
        EnvoyProcess process =
                EnvoyProcess.start(EnvoyBinary.version(EnvoyBinary.PINNED_VERSION), json(bootstrap.build()));
        process.awaitReady(Duration.ofSeconds(30));
        return new RealEnvoy(process, directory, Optional.of(recording));
    }

    /**
     * The indexes of the configurations that Envoy accepts. All are offered to one process, which takes its listeners
     * from a file, so a bad one does not stop the others.
     */
    static Set<Integer> accepted(List<RouteConfiguration> configurations) throws Exception {
        Path directory = Files.createTempDirectory("routes");
        DiscoveryResponse.Builder listeners = DiscoveryResponse.newBuilder();
        for (int i = 0; i < configurations.size(); i++) {
            listeners.addResources(Any.pack(listener("test-" + i, socket(directory, i), configurations.get(i))));
        }
        Path file = Files.writeString(directory.resolve("lds.json"), json(listeners.build()));
        Bootstrap.Builder bootstrap = bootstrap(directory, List.of()).toBuilder();
        bootstrap.getNodeBuilder().setId("test").setCluster("test");
        bootstrap
                .getDynamicResourcesBuilder()
                .getLdsConfigBuilder()
                .setResourceApiVersion(ApiVersion.V3)
                .getPathConfigSourceBuilder()
                .setPath(file.toString());
        try (EnvoyProcess process =
                EnvoyProcess.start(EnvoyBinary.version(EnvoyBinary.PINNED_VERSION), json(bootstrap.build()))) {
            process.awaitReady(Duration.ofSeconds(30));
            return process.listeners().keySet().stream()
                    .filter(name -> name.startsWith("test-"))
                    .map(name -> Integer.valueOf(name.substring("test-".length())))
                    .collect(Collectors.toSet());
        } finally {
            delete(directory);
        }
    }

    private EnvoyConnection connection(int configuration) throws IOException {
        EnvoyConnection connection = connections.get(configuration);
        if (connection == null) {
            connection = EnvoyConnection.open(socket(directory, configuration));
            connections.put(configuration, connection);
        }
        return connection;
    }

    Heads heads(int configuration, Request request) throws IOException {
        String[] answer = connection(configuration).exchange(request);
        return new Heads(answer[1], answer[0]);
    }

    Answer ask(int configuration, Request request) throws IOException {
        try {
            return connection(configuration).ask(request);
        } catch (IOException e) {
            throw new IOException("no answer to " + request, e);
        }
    }

    @Override
    public void close() throws IOException {
        for (EnvoyConnection connection : connections.values()) {
            connection.close();
        }
        process.close();
        if (recording.isPresent()) {
            recording.get().close();
        }
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static String json(Message message) throws IOException {
        TypeRegistry types = TypeRegistry.newBuilder()
                .add(Router.getDescriptor())
                .add(Listener.getDescriptor())
                .add(HttpConnectionManager.getDescriptor())
                .add(Route.getDescriptor())
                .add(RouteList.getDescriptor())
                .add(HttpRequestHeaderMatchInput.getDescriptor())
                .add(UriTemplateMatchConfig.getDescriptor())
                .add(UriTemplateRewriteConfig.getDescriptor())
                .build();
        return JsonFormat.printer().usingTypeRegistry(types).print(message);
    }

    private static Path socket(Path directory, int configuration) {
        return directory.resolve(configuration + ".sock");
    }

    private static Bootstrap bootstrap(Path directory, List<RouteConfiguration> configurations) {
        Path echo = directory.resolve("echo.sock");
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        bootstrap
                .getAdminBuilder()
                .getAddressBuilder()
                .getSocketAddressBuilder()
                .setAddress("127.0.0.1")
                .setPortValue(0);
        Bootstrap.StaticResources.Builder resources = bootstrap.getStaticResourcesBuilder();
        CLUSTERS.forEach(name -> resources.addClusters(cluster(name, echo)));
        resources.addListeners(listener("echo", echo, echo()));
        for (int i = 0; i < configurations.size(); i++) {
            resources.addListeners(listener("test-" + i, socket(directory, i), telling(configurations.get(i))));
        }
        return bootstrap.build();
    }

    /** The configuration, with headers in its answers that say who answered. */
    private static RouteConfiguration telling(RouteConfiguration configuration) {
        RouteConfiguration.Builder telling = configuration.toBuilder()
                .setValidateClusters(BoolValue.of(false))
                .addResponseHeadersToAdd(header("x-route", "%ROUTE_NAME%"))
                .addResponseHeadersToAdd(header("x-cluster", "%UPSTREAM_CLUSTER%"));
        for (VirtualHost.Builder host : telling.getVirtualHostsBuilderList()) {
            host.addResponseHeadersToAdd(header("x-vhost", host.getName()));
        }
        return telling.build();
    }

    private static RouteConfiguration echo() {
        return RouteConfiguration.newBuilder()
                .addVirtualHosts(VirtualHost.newBuilder()
                        .setName("echo")
                        .addDomains("*")
                        .addRoutes(Route.newBuilder()
                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                .setDirectResponse(DirectResponseAction.newBuilder()
                                        .setStatus(200)
                                        .setBody(DataSource.newBuilder().setInlineString("echo")))
                                .addResponseHeadersToAdd(header("x-up-path", "%REQ(:PATH)%"))
                                .addResponseHeadersToAdd(header("x-up-host", "%REQ(:AUTHORITY)%"))))
                .build();
    }

    private static HeaderValueOption header(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .build();
    }

    private static Listener listener(String name, Path socket, RouteConfiguration routes) {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix(name)
                .setRouteConfig(routes)
                .addHttpFilters(
                        HttpFilter.newBuilder().setName("router").setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        return Listener.newBuilder()
                .setName(name)
                .setAddress(pipe(socket))
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder().setName("hcm").setTypedConfig(Any.pack((Message) manager))))
                .build();
    }

    static Cluster cluster(String name, Path socket) {
        return Cluster.newBuilder()
                .setName(name)
                .setConnectTimeout(Durations.fromSeconds(5))
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder().setAddress(pipe(socket))))))
                .build();
    }

    static Address pipe(Path socket) {
        return Address.newBuilder()
                .setPipe(Pipe.newBuilder().setPath(socket.toString()))
                .build();
    }
}
