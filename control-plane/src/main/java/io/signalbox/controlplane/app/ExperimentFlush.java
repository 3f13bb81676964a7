package io.signalbox.controlplane.app;

import io.signalbox.controlplane.load.ExperimentLedger;
import io.signalbox.controlplane.load.Exposures;
import io.signalbox.controlplane.load.VariantHour;
import io.signalbox.controlplane.store.ExperimentCountStore;
import io.signalbox.controlplane.store.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what proxies counted of experiments into the database, and removes what is no longer kept. */
final class ExperimentFlush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentFlush.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration REMOVAL_PAUSE = Duration.ofMinutes(10);
    /** Rows of one statement, which is to end within the time that a statement may take. */
    private static final int BATCH = 2_000;

    private final ExperimentLedger ledger;
    private final ExperimentCountStore store;
    private final Duration retention;
    private final InstantSource clock;
    private final List<Ticker> tickers;

    ExperimentFlush(ExperimentLedger ledger, ExperimentCountStore store, Duration retention, InstantSource clock) {
        this.ledger = ledger;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.tickers = List.of(
                new Ticker("experiment-counts", PAUSE, this::write),
                new Ticker("experiment-removal", REMOVAL_PAUSE, this::remove));
    }

    private void write() {
        Map<VariantHour, Exposures> batch;
        do {
            batch = ledger.unwritten(BATCH);
            if (!batch.isEmpty()) {
                store.write(batch);
                ledger.written(batch);
            }
        } while (batch.size() == BATCH);
    }

    private void remove() {
        int lost = ledger.forget(clock.instant());
        if (lost > 0) {
            LOG.warn("{} sums of experiments are lost, as the database was away for too long", lost);
        }
        store.removeBefore(clock.instant().minus(retention));
    }

    /** Writes what came last. */
    @Override
    public void close() {
        tickers.forEach(Ticker::close);
        try {
            write();
        } catch (StoreUnavailable e) {
            LOG.warn("What was counted of experiments in the last seconds is lost: {}", e.getMessage());
        }
    }
}
