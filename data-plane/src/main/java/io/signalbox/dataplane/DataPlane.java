package io.signalbox.dataplane;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.signalbox.dataplane.admin.AdminServer;
import io.signalbox.dataplane.admin.AdminView;
import io.signalbox.dataplane.bootstrap.Bootstrap;
import io.signalbox.dataplane.bootstrap.BootstrapParser;
import io.signalbox.dataplane.config.HostPort;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.NetworkFilter;
import io.signalbox.dataplane.config.TcpConfig;
import io.signalbox.dataplane.http.AccessLog;
import io.signalbox.dataplane.http.CodecChoice;
import io.signalbox.dataplane.http.DateHeader;
import io.signalbox.dataplane.http.ServingContext;
import io.signalbox.dataplane.listener.AddressProbe;
import io.signalbox.dataplane.listener.Listeners;
import io.signalbox.dataplane.listener.Placement;
import io.signalbox.dataplane.listener.Service;
import io.signalbox.dataplane.listener.Workers;
import io.signalbox.dataplane.parse.InvalidResource;
import io.signalbox.dataplane.state.ConfigState;
import io.signalbox.dataplane.state.LiveClusters;
import io.signalbox.dataplane.state.ResourceType;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.dataplane.state.Subscriptions;
import io.signalbox.dataplane.stats.Stats;
import io.signalbox.dataplane.tcp.TcpConnection;
import io.signalbox.dataplane.tcp.TcpContext;
import io.signalbox.dataplane.upstream.HealthMonitor;
import io.signalbox.dataplane.xds.AdsClient;
import io.signalbox.dataplane.xds.LoadReporter;
import io.signalbox.dataplane.xds.MetricsReporter;
import io.signalbox.dataplane.xds.ReplicasChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running reference data plane: reads an Envoy bootstrap, follows the control plane and serves HTTP/1.1 as Envoy would.
 * Its methods may be called from any thread.
 *
 * <p>Threads: one owns the config; event loops serve requests and read config as immutable snapshots; the admin server has
 * its own.
 */
public final class DataPlane implements AutoCloseable {
    private static final long POLL_MILLIS = 10;

    private final Settings settings;
    private final Bootstrap bootstrap;
    private final ConfigThread configThread = new ConfigThread();
    private final Workers workers;
    private final LogLines logLines = new LogLines(System.out);
    private final Listeners listeners;
    private final ConfigState state;
    private final HealthMonitor health;
    private final HostNames hostNames;
    private final Map<Bootstrap.Server, ManagedChannel> channels = new HashMap<>();
    private final Optional<AdsClient> ads;
    private final Optional<LoadReporter> loadReporter;
    private final Stats stats;
    private final Optional<MetricsReporter> metricsReporter;
    private final Optional<AdminServer> admin;
    private final CompletableFuture<Void> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Snapshot snapshot = Snapshot.EMPTY;
    private volatile Map<String, Map<String, String>> versions = Map.of();

    private DataPlane(Bootstrap bootstrap, Settings settings) throws IOException {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.workers = new Workers(settings.workers());
        this.stats = new Stats(bootstrap.histogramBounds());
        Placement placement = new Placement(settings.listenerPortOffset());
        DateHeader date = new DateHeader(settings.clock());
        this.listeners =
                new Listeners(workers, filter -> service(filter, date), configThread, settings.drainTime(), placement);
        this.ads = bootstrap
                .ads()
                .map(source -> new AdsClient(
                        channel(source.server()), bootstrap.node(), configThread, configThread, settings.random()));
        this.loadReporter = bootstrap
                .loadReports()
                .map(server -> new LoadReporter(
                        channel(server),
                        bootstrap.node(),
                        configThread,
                        configThread,
                        () -> snapshot.clusters().values()));
        this.metricsReporter = bootstrap
                .metrics()
                .map(sink -> new MetricsReporter(
                        channel(sink.server()), bootstrap.node(), configThread, configThread, told(sink)));
        this.health = new HealthMonitor(
                workers.group(), configThread, configThread::schedule, settings.clock(), this::probed);
        this.hostNames = new HostNames(configThread);
        this.state = new ConfigState(
                ads.<Subscriptions>map(client -> client).orElse(Subscriptions.NONE),
                configThread,
                hostNames,
                new LiveClusters(settings.random(), settings.clock(), health),
                new AddressProbe(placement)::fault,
                this::publish);
        this.admin = bootstrap.admin().isPresent()
                ? Optional.of(AdminServer.start(bootstrap.admin().get(), new View()))
                : Optional.empty();
    }

    private MetricsReporter.Source told(Bootstrap.MetricsSink sink) {
        return new MetricsReporter.Source(stats, () -> snapshot.clusters().keySet(), sink.interval(), settings.clock());
    }

    private Service service(NetworkFilter filter, DateHeader date) {
        if (filter instanceof TcpConfig tcp) {
            TcpContext context = new TcpContext(
                    tcp,
                    () -> snapshot,
                    settings.random(),
                    settings.clock(),
                    new AccessLog(tcp.accessLogs(), logLines));
            return (channel, downstream, pool) -> TcpConnection.install(channel, context, downstream);
        }
        HttpConfig http = (HttpConfig) filter;
        ServingContext context = new ServingContext(
                http, () -> snapshot, settings.random(), date, new AccessLog(http.accessLogs(), logLines), stats);
        return (channel, downstream, pool) -> CodecChoice.install(channel.pipeline(), context, downstream, pool);
    }

    /**
     * Starts a data plane and returns once its admin server is bound; traffic is served from {@link #whenServing()} on.
     *
     * @param bootstrap an Envoy bootstrap, YAML or JSON, with {@code static_resources} and/or ADS. Bootstraps for
     *     state-of-the-world xDS are served by the delta protocol, too
     * @throws IllegalArgumentException when the bootstrap cannot be read or asks for what is not supported; the message
     *     names the field
     * @throws UncheckedIOException when the admin address cannot be bound
     */
    public static DataPlane start(Path bootstrap) {
        return start(bootstrap, 0);
    }

    /**
     * As {@link #start(Path)}, on ports of its own. An Envoy and this data plane that follow one control plane get the
     * same listeners; on one machine only one of them could bind their ports.
     *
     * @param listenerPortOffset is added to the port of every listener; 0 for the ports as configured
     */
    public static DataPlane start(Path bootstrap, int listenerPortOffset) {
        return start(bootstrap, Settings.DEFAULT.withListenerPortOffset(listenerPortOffset));
    }

    static DataPlane start(Path bootstrap, Settings settings) {
        try {
            DataPlane dataPlane = new DataPlane(BootstrapParser.parse(bootstrap), settings);
            dataPlane.configThread.execute(dataPlane::begin);
            return dataPlane;
        } catch (InvalidResource e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever serves both the config and load reports has one connection for them, as in Envoy. */
    private ManagedChannel channel(Bootstrap.Server server) {
        return channels.computeIfAbsent(server, this::open);
    }

    private ManagedChannel open(Bootstrap.Server server) {
        List<ManagedChannel> replicas = server.replicas().stream()
                .map(replica -> open(replica, server.keepAlive()))
                .toList();
        return ReplicasChannel.of(replicas, settings.random());
    }

    private static ManagedChannel open(HostPort replica, Duration keepAlive) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(replica.host(), replica.port())
                .usePlaintext()
                .directExecutor()
                .maxInboundMessageSize(Integer.MAX_VALUE);
        if (!keepAlive.isZero()) {
            builder.keepAliveTime(keepAlive.toMillis(), TimeUnit.MILLISECONDS);
        }
        return builder.build();
    }

    private void begin() {
        state.start(
                bootstrap.clusters(),
                bootstrap.listeners(),
                bootstrap.secrets(),
                bootstrap.ads().map(Bootstrap.Ads::clusters).orElse(false),
                bootstrap.ads().map(Bootstrap.Ads::listeners).orElse(false));
        ads.ifPresent(client -> client.start(state));
        loadReporter.ifPresent(LoadReporter::start);
        metricsReporter.ifPresent(MetricsReporter::start);
    }

    /** On the config thread. */
    private void probed() {
        state.probed();
    }

    /** On the config thread. */
    private void publish(Snapshot next) {
        if (closing.get()) {
            return;
        }
        snapshot = next;
        workers.pruneConnections();
        Map<String, String> faults = listeners.apply(next);
        if (state.isInitialized() && !serving.isDone()) {
            if (faults.isEmpty()) {
                serving.complete(null);
            } else {
                serving.completeExceptionally(new IOException("listeners cannot be bound: " + faults));
            }
        }
        ads.ifPresent(client -> {
            Map<String, Map<String, String>> byTypeUrl = new HashMap<>();
            new EnumMap<>(client.versions())
                    .forEach((ResourceType type, Map<String, String> of) -> byTypeUrl.put(type.typeUrl(), of));
            versions = Map.copyOf(byTypeUrl);
        });
    }

    /** The listeners that serve now: bound address by name, ports as bound. */
    public Map<String, InetSocketAddress> listeners() {
        return listeners.addresses();
    }

    /** Where the admin server listens; empty when the bootstrap has none. */
    public Optional<InetSocketAddress> adminAddress() {
        return admin.map(AdminServer::address);
    }

    /**
     * Completes when the first config serves: every listener of it is bound and warm. Completes exceptionally when one of
     * them cannot be bound, with an {@link IOException}.
     */
    public CompletionStage<Void> whenServing() {
        return serving.minimalCompletionStage();
    }

    /** Completes when the data plane has ended, by {@link #close()} or by {@code /quitquitquit}. */
    public CompletionStage<Void> whenClosed() {
        return closed.minimalCompletionStage();
    }

    /**
     * Stops taking connections, lets requests in flight end for a short time, then closes everything; idempotent. Blocks
     * until all is closed.
     */
    @Override
    public void close() {
        beginClosing();
        closed.join();
    }

    private void beginClosing() {
        if (closing.compareAndSet(false, true)) {
            configThread.execute(() -> {
                ads.ifPresent(AdsClient::close);
                loadReporter.ifPresent(LoadReporter::close);
                metricsReporter.ifPresent(MetricsReporter::close);
                channels.values().forEach(ManagedChannel::shutdownNow);
                health.close();
                hostNames.close();
                listeners.shutDown();
                awaitIdle(System.nanoTime() + settings.closeTime().toNanos());
            });
        }
    }

    private void awaitIdle(long deadline) {
        if (!listeners.isIdle() && System.nanoTime() < deadline) {
            configThread.schedule(Duration.ofMillis(POLL_MILLIS), () -> awaitIdle(deadline));
            return;
        }
        listeners.closeAll();
        admin.ifPresent(AdminServer::close);
        workers.shutDown().addListener(done -> {
            configThread.shutDown();
            logLines.close();
            closed.complete(null);
        });
    }

    private final class View implements AdminView {
        @Override
        public boolean isServing() {
            return serving.isDone() && !serving.isCompletedExceptionally();
        }

        @Override
        public Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public Map<String, InetSocketAddress> listeners() {
            return listeners.addresses();
        }

        @Override
        public Map<String, Map<String, String>> versions() {
            return versions;
        }

        @Override
        public void quit() {
            beginClosing();
        }
    }
}
