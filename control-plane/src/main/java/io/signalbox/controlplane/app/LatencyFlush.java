package io.signalbox.controlplane.app;

import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.LatencyLedger;
import io.signalbox.controlplane.load.LatencySpan;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.controlplane.store.LatencyStore;
import io.signalbox.controlplane.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what proxies tell of latencies into the database: for those who watch canaries each second, by minutes each ten seconds;
 * and removes what is no longer kept.
 */
final class LatencyFlush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyFlush.class);

    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);
    private static final Duration MINUTES_PAUSE = Duration.ofSeconds(10);
    private static final Duration REMOVAL_PAUSE = Duration.ofMinutes(1);

    /** Rows of one statement, which is to end within the time that a statement may take. */
    private static final int BATCH = 5_000;

    private final LatencyLedger ledger;
    private final LatencyStore store;
    private final Duration retention;
    private final InstantSource clock;
    private final List<Ticker> tickers;

    LatencyFlush(LatencyLedger ledger, LatencyStore store, Duration retention, InstantSource clock) {
        this.ledger = ledger;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.tickers = List.of(
                new Ticker("latencies", SHORT_PAUSE, this::writeShort),
                new Ticker("latency-minutes", MINUTES_PAUSE, this::writeMinutes),
                new Ticker("latency-removal", REMOVAL_PAUSE, this::remove));
    }

    /** Proxies are said to have told up to a moment together with the last of what they told. */
    private void writeShort() {
        write(LatencySpan.SHORT, ledger.reporters());
    }

    private void writeMinutes() {
        write(LatencySpan.MINUTE, List.of());
    }

    private void write(Duration length, List<Reporter> reporters) {
        boolean isLast;
        do {
            Map<LatencySpan, Latencies> batch = ledger.unwritten(length, BATCH);
            isLast = batch.size() < BATCH;
            if (!batch.isEmpty() || !reporters.isEmpty()) {
                store.write(batch, isLast ? reporters : List.of());
                ledger.written(length, batch);
            }
        } while (!isLast);
    }

    private void remove() {
        Instant oldest = clock.instant().minus(retention);
        int lost = ledger.forget(clock.instant(), oldest);
        if (lost > 0) {
            LOG.warn("{} sums of latencies are lost, as the database was away for too long", lost);
        }
        store.removeBefore(oldest);
    }

    /** Writes what came last. */
    @Override
    public void close() {
        tickers.forEach(Ticker::close);
        try {
            writeShort();
            writeMinutes();
        } catch (StoreUnavailable e) {
            LOG.warn("The latencies of the last seconds are lost: {}", e.getMessage());
        }
    }
}
