package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What this control plane was told of experiments, added up until it is stored: as {@link Ledger}. Any thread; one lock guards it
 * and is held for short.
 */
public final class ExperimentLedger {
    /** For so long nothing is lost when the database is away. */
    public static final Duration PATIENCE = Duration.ofDays(1);

    private final Sums<VariantHour, Exposures> hours = new Sums<>(Exposures::plus);

    synchronized void add(VariantHour hour, Exposures more) {
        hours.add(hour, more);
    }

    public synchronized Map<VariantHour, Exposures> unwritten(int limit) {
        return hours.unwritten(limit);
    }

    public synchronized void written(Map<VariantHour, Exposures> batch) {
        hours.written(batch);
    }

    /**
     * Forgets what is stored and cannot grow any more, and what could not be stored for too long.
     *
     * @return how many sums were lost
     */
    public synchronized int forget(Instant now) {
        Instant begun = now.truncatedTo(ChronoUnit.HOURS);
        Instant oldest = now.minus(PATIENCE);
        hours.forgetWritten(each -> each.hour().isBefore(begun));
        return hours.forget(each -> each.hour().isBefore(oldest));
    }
}
