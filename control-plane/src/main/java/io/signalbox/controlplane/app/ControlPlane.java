package io.signalbox.controlplane.app;

import com.google.crypto.tink.Aead;
import io.signalbox.controlplane.alert.AlertCourier;
import io.signalbox.controlplane.alert.Webhook;
import io.signalbox.controlplane.alert.WebhookSender;
import io.signalbox.controlplane.authentication.Authenticators;
import io.signalbox.controlplane.authentication.Secret;
import io.signalbox.controlplane.authentication.Tokens;
import io.signalbox.controlplane.change.ApplyChanges;
import io.signalbox.controlplane.change.Deadlines;
import io.signalbox.controlplane.change.Head;
import io.signalbox.controlplane.change.Rollback;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.load.ExperimentLedger;
import io.signalbox.controlplane.load.ExperimentMetrics;
import io.signalbox.controlplane.load.LatencyLedger;
import io.signalbox.controlplane.load.Ledger;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec.Run;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.progress.CanaryController;
import io.signalbox.controlplane.progress.ExperimentWatch;
import io.signalbox.controlplane.progress.MetricWatch;
import io.signalbox.controlplane.progress.RecentTimes;
import io.signalbox.controlplane.progress.ReportedLatency;
import io.signalbox.controlplane.progress.ReportedLoad;
import io.signalbox.controlplane.prometheus.PrometheusClient;
import io.signalbox.controlplane.prometheus.PrometheusConfig;
import io.signalbox.controlplane.prometheus.QuerySource;
import io.signalbox.controlplane.reconcile.Reconciler;
import io.signalbox.controlplane.rehearse.EnvoyRehearsal;
import io.signalbox.controlplane.rest.AdminApi;
import io.signalbox.controlplane.rest.events.EventLog;
import io.signalbox.controlplane.rest.events.EventStreams;
import io.signalbox.controlplane.store.AlertOutbox;
import io.signalbox.controlplane.store.ConfigStore;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.Database;
import io.signalbox.controlplane.store.ExperimentCountStore;
import io.signalbox.controlplane.store.KeyedAnswers;
import io.signalbox.controlplane.store.KeysetFile;
import io.signalbox.controlplane.store.LatencyStore;
import io.signalbox.controlplane.store.LoadStore;
import io.signalbox.controlplane.store.LoadWrite;
import io.signalbox.controlplane.store.PrivateKeys;
import io.signalbox.controlplane.store.RevisionFollower;
import io.signalbox.controlplane.store.RevisionHistory;
import io.signalbox.controlplane.store.TokenStore;
import io.signalbox.controlplane.xds.load.LoadReportService;
import io.signalbox.controlplane.xds.metrics.MetricsService;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.controlplane.xds.serve.AdsServer;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running control plane. This is the one place where its parts are made and joined. */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    /** Far more than the largest config takes; a start that hangs is to be noticed. */
    private static final long FIRST_SNAPSHOT_SECONDS = 60;

    /** How late another replica may learn of a token, or of its end. */
    private static final Duration TOKENS_PAUSE = Duration.ofMillis(500);
    /** How late an event may be. */
    private static final Duration EVENTS_PAUSE = Duration.ofMillis(100);

    /** How late a revert or the end of a route may be. */
    private static final Duration DEADLINES_PAUSE = Duration.ofSeconds(1);

    /** How long after its proxies' reports a canary may be moved. */
    private static final Duration CANARIES_PAUSE = Duration.ofMillis(500);

    /** How late Prometheus may be asked, and its answer be known. */
    private static final Duration METRICS_PAUSE = Duration.ofMillis(250);

    /** How long after the last visitor it may be found that visitors do not come as they should. */
    private static final Duration EXPERIMENTS_PAUSE = Duration.ofSeconds(10);

    /** How late an alert may be. */
    private static final Duration ALERTS_PAUSE = Duration.ofSeconds(1);

    /** Last started, first closed. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private int restPort;
    private int xdsPort;
    private Optional<Secret> firstSecret = Optional.empty();

    private ControlPlane() {}

    /**
     * Starts all of it, and returns when the API answers and proxies are served.
     *
     * @throws StartFailed when it cannot; nothing is left running
     */
    public static ControlPlane start(ControlPlaneConfig config) throws StartFailed {
        ControlPlane controlPlane = new ControlPlane();
        boolean started = false;
        try {
            controlPlane.startParts(config, Clock.systemUTC());
            started = true;
            return controlPlane;
        } finally {
            if (!started) {
                controlPlane.close();
            }
        }
    }

    private void startParts(ControlPlaneConfig config, Clock clock) throws StartFailed {
        PrivateKeys privateKeys = new PrivateKeys(keyset(config.keyset()));
        Database database = closedLater(new Database(config.database()));
        ConfigStore store = new ConfigStore(database, privateKeys, UUID::randomUUID);
        Head head = new Head(store, DatabaseStart.load(database, store, config.databaseWait()));

        Reconciler reconciler =
                closedLater(new Reconciler(base -> head.refresh(), Compiler::compile, new Translator()::translate));
        publishFirst(reconciler, head.get());
        Predicate<String> isPool = name -> head.get().pools().containsKey(name);
        LatencyLedger latencyLedger = new LatencyLedger(isPool);
        LatencyStore latencies = new LatencyStore(database, UUID.randomUUID(), clock);
        closedLater(
                new LatencyFlush(latencyLedger, latencies, config.retention().load(), clock));
        Ledger ledger = new Ledger();
        LoadStore loads = new LoadStore(database, clock);
        LoadWrite loadWrite = new LoadWrite(database, UUID.randomUUID());
        closedLater(new LoadFlush(ledger, loadWrite, loads, config.retention().load(), clock));
        AdsServer ads =
                closedLater(new AdsServer(reconciler, clock, config.retention().nodes()));
        LoadReportService loadReports = new LoadReportService(isPool, ledger::add, clock);
        ExperimentLedger experimentLedger = new ExperimentLedger();
        ExperimentCountStore experimentCounts = new ExperimentCountStore(database, UUID.randomUUID());
        closedLater(new ExperimentFlush(
                experimentLedger, experimentCounts, config.retention().experiments(), clock));
        ExperimentMetrics experimentMetrics =
                new ExperimentMetrics((experiment, variant) -> run(head.get(), experiment, variant), experimentLedger);
        MetricsService received = new MetricsService(List.of(latencyLedger, experimentMetrics), clock);
        xdsPort = startXds(ads, config.xds(), loadReports, received);

        KeyedAnswers answers = new KeyedAnswers(database);
        ApplyChanges applyChanges = new ApplyChanges(
                head, store, answers, new EnvoyRehearsal(ads.nodes()::releases), reconciler::offer, clock);
        RevisionHistory history = new RevisionHistory(database, privateKeys);
        startAlerts(
                config.webhooks(),
                new AlertCourier.Sources(
                        history, new AlertOutbox(database), () -> head.get().revision()),
                clock); // before the API, so that they miss nothing
        Confirmations confirmations = new Confirmations(database);
        TokenStore tokenStore = new TokenStore(database);
        Tokens tokens = DatabaseStart.tokens(config.tokens(), tokenStore, clock);
        EventLog eventLog = new EventLog(head, history, confirmations, ads.nodes());
        EventStreams events = new EventStreams(eventLog);
        MetricWatch metrics = new MetricWatch(head::get, querySource(config.prometheus()), clock);
        CanaryController.Views views = new CanaryController.Views(
                new ReportedLoad(loads, clock),
                new RecentTimes(new ReportedLatency(latencies, loads, clock), clock),
                metrics);
        CanaryController canaries = new CanaryController(head, applyChanges, views, clock);
        ExperimentWatch experiments = new ExperimentWatch(head, applyChanges, experimentCounts, clock);
        AdminApi.Services services = new AdminApi.Services(
                head,
                applyChanges,
                history,
                new Rollback(history, clock),
                confirmations,
                clock,
                ads.nodes(),
                new AdminApi.Loads(ledger, loads, latencies),
                events,
                canaries,
                experiments,
                config.prometheus().isPresent(),
                new AdminApi.Entrance(
                        Authenticators.of(tokens, config.oidc(), clock), tokens, tokenStore, config.limits()));
        Probes probes =
                new Probes(() -> reconciler.current().revision() >= 0, gauges(head, applyChanges, reconciler, ads));
        restPort = closedLater(startRest(config.rest(), probes, services)).port();
        closedLater(events); // before the server that they run on
        closedLater(new Ticker("events", EVENTS_PAUSE, eventLog::look));
        Deadlines deadlines = new Deadlines(head, history, confirmations, applyChanges, clock);
        closedLater(new Ticker("deadlines", DEADLINES_PAUSE, deadlines::meet));
        closedLater(new Ticker("experiments", EXPERIMENTS_PAUSE, experiments::look));
        closedLater(new Ticker("metrics", METRICS_PAUSE, metrics::look));
        closedLater(new Ticker("canaries", CANARIES_PAUSE, canaries::look));
        closedLater(AnswerExpiry.start(answers, clock));
        closedLater(new Ticker("tokens", TOKENS_PAUSE, tokens::refresh));
        firstSecret = FirstToken.createIfNeeded(tokens);
        closedLater(RevisionFollower.start(database, revision -> takeIn(revision, head, reconciler)));
        LOG.info(
                "Serving the API on {}:{} and xDS on {}:{} from revision {}",
                config.rest().host(),
                restPort,
                config.xds().host(),
                xdsPort,
                head.get().revision());
    }

    /** A thread for each webhook, so that a slow one makes no other wait. */
    private void startAlerts(List<Webhook> webhooks, AlertCourier.Sources sources, Clock clock) {
        AlertCourier.giveUpOld(sources.outbox(), clock.instant());
        WebhookSender sender = new WebhookSender();
        for (Webhook webhook : webhooks) {
            AlertCourier courier = new AlertCourier(webhook, sources, sender, clock);
            courier.begin();
            closedLater(new Ticker("alerts-" + webhook.name(), ALERTS_PAUSE, courier::look));
        }
    }

    private static QuerySource querySource(Optional<PrometheusConfig> prometheus) {
        return prometheus.<QuerySource>map(PrometheusClient::new).orElse(QuerySource.NONE);
    }

    private static RestServer startRest(Address address, Probes probes, AdminApi.Services services) throws StartFailed {
        return RestServer.start(address, environment -> {
            probes.register(environment);
            AdminApi.register(environment, services);
        });
    }

    private static SortedMap<String, LongSupplier> gauges(
            Head head, ApplyChanges applyChanges, SnapshotSource snapshots, AdsServer ads) {
        SortedMap<String, LongSupplier> gauges = new TreeMap<>();
        gauges.put("signalbox_head_revision", () -> head.get().revision());
        gauges.put("signalbox_waiting_writes", applyChanges::waiting);
        gauges.put("signalbox_published_revision", () -> snapshots.current().revision());
        gauges.put(
                "signalbox_connected_nodes",
                () -> ads.nodes().list().stream().filter(NodeStatus::connected).count());
        return gauges;
    }

    /** On the follower's thread; what fails is tried again at its next poll. */
    private static void takeIn(long revision, Head head, Reconciler reconciler) {
        if (revision > head.get().revision()) {
            head.refresh();
        }
        reconciler.offer(head.get());
    }

    private static void publishFirst(Reconciler reconciler, Config config) throws StartFailed {
        CountDownLatch published = new CountDownLatch(1);
        try (AutoCloseable subscription = reconciler.onPublish(snapshot -> published.countDown())) {
            reconciler.offer(config);
            if (!published.await(FIRST_SNAPSHOT_SECONDS, TimeUnit.SECONDS)) {
                throw new StartFailed("Revision " + config.revision() + " could not be compiled; the log says why");
            }
        } catch (StartFailed e) {
            throw e;
        } catch (Exception e) { // AutoCloseable, and an interrupt
            throw new StartFailed("The first snapshot could not be published", e);
        }
    }

    private static Optional<Instant> run(Config config, String experiment, String variant) {
        return Optional.ofNullable(config.experiments().get(experiment))
                .map(Resource::spec)
                .filter(spec -> spec.variant(variant).isPresent())
                .flatMap(spec -> spec.state().run())
                .map(Run::start);
    }

    private static int startXds(AdsServer ads, Address address, LoadReportService loads, MetricsService metrics)
            throws StartFailed {
        try {
            return ads.start(address.host(), address.port(), loads, metrics);
        } catch (IOException e) {
            throw new StartFailed("xDS cannot be served on " + address + ": " + e.getMessage(), e);
        }
    }

    private static Aead keyset(ControlPlaneConfig.Keyset keyset) throws StartFailed {
        try {
            if (keyset.createIfMissing() && !Files.exists(keyset.file())) {
                KeysetFile.create(keyset.file());
            }
            return KeysetFile.read(keyset.file());
        } catch (NoSuchFileException e) {
            throw new StartFailed(
                    "There is no keyset at " + keyset.file() + ", which private keys are encrypted with. For a new"
                            + " installation make one with `signalbox keyset create " + keyset.file()
                            + "`, keep a copy in a safe place, and give the same file to every replica",
                    e);
        } catch (IOException e) {
            throw new StartFailed("The keyset cannot be read: " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T closedLater(T part) {
        parts.push(part);
        return part;
    }

    public int restPort() {
        return restPort;
    }

    /**
     * The secret of the admin token that this start made, as there was no token at all. To be shown to whoever started
     * it, and nowhere else: nobody will find it out later.
     */
    public Optional<Secret> firstSecret() {
        return firstSecret;
    }

    public int xdsPort() {
        return xdsPort;
    }

    /** Ends everything in the reverse order; writes under way are finished first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) { // the others are to be closed all the same
                LOG.warn("{} could not be closed", part.getClass().getSimpleName(), e);
            }
        }
    }
}
