package io.signalbox.controlplane.load;

import io.signalbox.controlplane.load.MetricsReport.Counter;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of what proxies count how often each variant of each experiment was seen. They count a request of a variant a second
 * time, under {@code cluster.POOL.experiment.NAME.VARIANT.ASSIGNMENT.}, when it is answered. Answers are counted by their class;
 * those of 1xx come before the answer, but for 101.
 */
public final class ExperimentMetrics implements MetricsConsumer {
    private static final String CLUSTER = "cluster.";
    private static final String MARK = ".experiment.";

    private static final Pattern NAME = Pattern.compile(
            "cluster\\..+\\.experiment\\.([^.]+)\\.([^.]+)\\.([^.]+)\\.upstream_rq_(101|2xx|3xx|4xx|5xx|time)");

    private final Runs runs;
    private final ExperimentLedger ledger;

    public ExperimentMetrics(Runs runs, ExperimentLedger ledger) {
        this.runs = runs;
        this.ledger = ledger;
    }

    /** The experiments that there are. Any thread, and fast. */
    @FunctionalInterface
    public interface Runs {
        /** When an experiment was started last, if there is one of this name that has such a variant. */
        Optional<Instant> find(String experiment, String variant);
    }

    /** @param metric what comes behind {@code upstream_rq_} */
    private record Counted(VariantHour hour, String metric) {}

    @Override
    public boolean wants(String name) {
        return counted(name, Instant.EPOCH).isPresent();
    }

    @Override
    public void accept(MetricsReport report) {
        Instant hour = report.arrival().truncatedTo(ChronoUnit.HOURS);
        for (Counter counter : report.counters()) {
            counted(counter.name(), hour).ifPresent(counted -> {
                long errors = counted.metric.equals("5xx") ? counter.delta() : 0;
                ledger.add(counted.hour, new Exposures(counter.delta(), errors, Latencies.NONE));
            });
        }
        for (Histogram histogram : report.histograms()) {
            counted(histogram.name(), hour)
                    .ifPresent(counted -> ledger.add(counted.hour, new Exposures(0, 0, Latencies.of(histogram))));
        }
    }

    private Optional<Counted> counted(String name, Instant hour) {
        if (!name.startsWith(CLUSTER) || !name.contains(MARK)) {
            return Optional.empty();
        }
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String experiment = parts.group(1);
        String variant = parts.group(2);
        String metric = parts.group(4);
        return Assignment.find(parts.group(3))
                .flatMap(assignment -> runs.find(experiment, variant)
                        .map(run -> new Counted(new VariantHour(experiment, run, variant, assignment, hour), metric)));
    }
}
