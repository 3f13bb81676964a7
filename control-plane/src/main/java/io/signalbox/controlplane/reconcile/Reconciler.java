package io.signalbox.controlplane.reconcile;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.constraint.ReleaseNeeds;
import io.signalbox.controlplane.xds.publish.Publisher;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import io.signalbox.controlplane.xds.publish.Withheld;
import io.signalbox.controlplane.xds.publish.Withholding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the store: its one thread takes the newest config, compiles, translates and publishes it. What fails is
 * logged and tried again with growing pauses; meanwhile the last snapshot stays.
 */
public final class Reconciler implements SnapshotSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final UnaryOperator<Config> catchUp;
    private final Function<Config, ResolvedConfig> compile;
    private final Variants variants;
    private final Publisher publisher = new Publisher();
    private final ScheduledExecutorService thread;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicBoolean wakeUpDue = new AtomicBoolean();
    private volatile Optional<Config> offered = Optional.empty();

    // Owned by the thread.
    private Optional<Config> config = Optional.empty();
    private Duration pause = FIRST_PAUSE;

    /** With the table of what each release knows. */
    public Reconciler(
            UnaryOperator<Config> catchUp,
            Function<Config, ResolvedConfig> compile,
            Function<ResolvedConfig, XdsResources> translate) {
        this(catchUp, compile, translate, new ReleaseNeeds()::of);
    }

    /**
     * Starts its thread.
     *
     * @param needs what of the resources not every release knows; is called by one thread at a time
     * @param translate is called by one thread at a time
     * @param catchUp the config after all revisions that were committed since the given one ({@code ConfigStore})
     */
    public Reconciler(
            UnaryOperator<Config> catchUp,
            Function<Config, ResolvedConfig> compile,
            Function<ResolvedConfig, XdsResources> translate,
            Function<XdsResources, List<ReleaseNeed>> needs) {
        this.catchUp = catchUp;
        this.compile = compile;
        this.variants = new Variants(translate, needs);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread t = new Thread(task, "reconciler");
            t.setDaemon(true);
            return t;
        });
    }

    /** A config that is committed: the first one after a start, or what this replica just wrote. Never blocks. */
    public void offer(Config committed) {
        synchronized (this) {
            if (committed.revision() >= revision(offered)) {
                offered = Optional.of(committed);
            }
        }
        wakeUp();
    }

    /** A hint that the store is at this revision. Never blocks. */
    public void revisionSeen(long revision) {
        seen.accumulateAndGet(revision, Math::max);
        wakeUp();
    }

    /** Wake-ups that are not begun yet are one: a burst of revisions becomes one snapshot. */
    private void wakeUp() {
        if (wakeUpDue.compareAndSet(false, true)) {
            try {
                thread.execute(this::reconcile);
            } catch (RejectedExecutionException e) {
                log.debug("Closed", e);
            }
        }
    }

    private void reconcile() {
        wakeUpDue.set(false);
        boolean done = attempt("read the config", this::follow) & attempt("publish the config", this::publish);
        if (done) {
            pause = FIRST_PAUSE;
        } else {
            tryAgainLater();
        }
    }

    private static boolean attempt(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            log.error("Could not {}; what was published stays, and it is tried again", what, e);
            return false;
        }
    }

    private void tryAgainLater() {
        try {
            thread.schedule(this::wakeUp, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Closed", e);
        }
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private void follow() {
        Optional<Config> newest = offered;
        if (revision(newest) >= revision(config)) {
            config = newest;
        }
        if (seen.get() > revision(config)) {
            config = Optional.of(catchUp.apply(config.orElse(Config.EMPTY)));
        }
    }

    private static long revision(Optional<Config> config) {
        return config.map(Config::revision).orElse(-1L);
    }

    private void publish() {
        if (config.isPresent() && config.get().revision() > current().revision()) {
            publisher.publish(variants.next(current(), compile.apply(config.get())));
        }
    }

    @Override
    public Snapshot current() {
        return publisher.current();
    }

    @Override
    public AutoCloseable onPublish(Consumer<Snapshot> callback) {
        return publisher.onPublish(callback);
    }

    @Override
    public Set<? extends Withheld> blame(String routeConfiguration, Snapshot good, Snapshot refused) {
        return variants.blame(routeConfiguration, good, refused);
    }

    @Override
    public List<ReleaseNeed> unknownTo(Release release, Snapshot snapshot) {
        return variants.unknownTo(release, snapshot);
    }

    @Override
    public Set<? extends Withheld> holdBack(
            String routeConfiguration, Set<String> routes, Snapshot snapshot, Optional<Snapshot> good) {
        return variants.holdBack(routeConfiguration, routes, snapshot, good);
    }

    @Override
    public Snapshot withhold(Snapshot snapshot, Withholding what) {
        return variants.withhold(snapshot, what);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
