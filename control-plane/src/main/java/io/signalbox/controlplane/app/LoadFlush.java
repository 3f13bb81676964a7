package io.signalbox.controlplane.app;

import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.Ledger;
import io.signalbox.controlplane.load.NodeMinute;
import io.signalbox.controlplane.load.PoolSecond;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.controlplane.store.LoadStore;
import io.signalbox.controlplane.store.LoadWrite;
import io.signalbox.controlplane.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what proxies report into the database: what the last seconds were each second, for those who watch canaries; what
 * each proxy saw in the last minutes each ten seconds; and removes what is no longer kept.
 */
final class LoadFlush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadFlush.class);

    private static final Duration SECONDS_PAUSE = Duration.ofSeconds(1);
    private static final Duration MINUTES_PAUSE = Duration.ofSeconds(10);
    private static final Duration REMOVAL_PAUSE = Duration.ofMinutes(1);

    /** Rows of one statement, which is to end within the time that a statement may take. */
    private static final int BATCH = 10_000;

    private final Ledger ledger;
    private final LoadWrite write;
    private final LoadStore store;
    private final Duration retention;
    private final InstantSource clock;
    private final List<Ticker> tickers;

    LoadFlush(Ledger ledger, LoadWrite write, LoadStore store, Duration retention, InstantSource clock) {
        this.ledger = ledger;
        this.write = write;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.tickers = List.of(
                new Ticker("load-seconds", SECONDS_PAUSE, this::writeSeconds),
                new Ticker("load-minutes", MINUTES_PAUSE, this::writeMinutes),
                new Ticker("load-removal", REMOVAL_PAUSE, this::remove));
    }

    private void writeSeconds() {
        List<Reporter> reporters = ledger.reporters();
        Map<PoolSecond, Counts> batch;
        do {
            batch = ledger.unwrittenSeconds(BATCH);
            if (!batch.isEmpty() || !reporters.isEmpty()) {
                write.seconds(batch, reporters);
                ledger.secondsWritten(batch);
            }
        } while (batch.size() == BATCH);
    }

    private void writeMinutes() {
        Map<NodeMinute, NodeMinute.Load> batch;
        do {
            batch = ledger.unwrittenMinutes(BATCH);
            if (!batch.isEmpty()) {
                write.minutes(batch);
                ledger.minutesWritten(batch);
            }
        } while (batch.size() == BATCH);
    }

    private void remove() {
        Instant oldest = clock.instant().minus(retention);
        int lost = ledger.forget(clock.instant(), oldest);
        if (lost > 0) {
            LOG.warn("{} sums of load reports are lost, as the database was away for too long", lost);
        }
        store.removeBefore(oldest);
    }

    /** Writes what came last. */
    @Override
    public void close() {
        tickers.forEach(Ticker::close);
        try {
            writeSeconds();
            writeMinutes();
        } catch (StoreUnavailable e) {
            LOG.warn("The load reports of the last seconds are lost: {}", e.getMessage());
        }
    }
}
