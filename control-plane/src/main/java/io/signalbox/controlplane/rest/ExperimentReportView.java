package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.judge.SampleRatio;
import io.signalbox.controlplane.load.Exposures;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Run;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.controlplane.progress.ExperimentReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report on an experiment in JSON. */
final class ExperimentReportView {
    private static final int PERCENT = 100;
    private static final double MEDIAN = 0.5;
    private static final double SLOWEST = 0.99;

    private ExperimentReportView() {}

    /**
     * Who tells what they count.
     *
     * @param silent who does not, and when they last did, if ever
     */
    record Fleet(List<String> reporting, SortedMap<String, Optional<Instant>> silent) {
        /** Proxies tell each 5 seconds. */
        private static final Duration SILENCE = Duration.ofSeconds(20);
        /** Proxies come and go with the load; one that is silent for so long, and not connected here, is taken to have gone. */
        private static final Duration GONE = Duration.ofMinutes(5);

        static Fleet of(List<Reporter> reporters, Set<String> connected, Instant now) {
            SortedMap<String, Optional<Instant>> silent = new TreeMap<>();
            connected.forEach(node -> silent.put(node, Optional.empty()));
            List<String> reporting = reporters.stream()
                    .filter(reporter -> reporter.lastReport().isAfter(now.minus(SILENCE)))
                    .map(Reporter::node)
                    .toList();
            for (Reporter reporter : reporters) {
                boolean isExpected = connected.contains(reporter.node())
                        || reporter.lastReport().isAfter(now.minus(GONE));
                if (isExpected) {
                    silent.put(reporter.node(), Optional.of(reporter.lastReport()));
                }
            }
            reporting.forEach(silent::remove);
            return new Fleet(reporting, silent);
        }
    }

    static ObjectNode toJson(
            Resource<ExperimentSpec> experiment, Optional<Instant> since, ExperimentReport report, Fleet fleet) {
        ExperimentSpec.State state = experiment.spec().state();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("experiment", experiment.name())
                .put("phase", state.phase().name().toLowerCase(Locale.ROOT));
        state.run().ifPresent(run -> json.put("startedAt", run.start().toString()));
        since.ifPresent(time -> json.put("since", time.toString()));
        json.put("counted", (double) PERCENT * experiment.spec().counted() / Slice.MILLION);
        ArrayNode variants = json.putArray("variants");
        for (int i = 0; i < report.variants().size(); i++) {
            variants.add(variant(report.variants().get(i), report.ratio(), i));
        }
        json.set("sampleRatio", sampleRatio(report.ratio(), state.run().flatMap(Run::mismatch)));
        json.set("nodes", nodes(fleet));
        return json;
    }

    private static ObjectNode variant(ExperimentReport.OfVariant variant, SampleRatio ratio, int index) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", variant.name())
                .put("visitors", variant.visitors())
                .put("share", PERCENT * ratio.found(index))
                .put("expectedShare", PERCENT * ratio.expected(index));
        json.set("assigned", exposures(variant.assigned()));
        json.set("forced", exposures(variant.forced()));
        return json;
    }

    private static ObjectNode exposures(Exposures exposures) {
        ObjectNode json = OutcomesView.toJson(
                new Outcomes(exposures.requests(), Math.min(exposures.errors(), exposures.requests())));
        exposures.latencies().quantile(MEDIAN).ifPresent(millis -> json.put("p50", millis));
        exposures.latencies().quantile(SLOWEST).ifPresent(millis -> json.put("p99", millis));
        return json;
    }

    private static ObjectNode sampleRatio(SampleRatio ratio, Optional<Instant> mismatchAt) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", ratio.isMismatch() || mismatchAt.isPresent() ? "mismatch" : "as-expected")
                .put("pValue", ratio.pValue());
        mismatchAt.ifPresent(time -> json.put("mismatchAt", time.toString()));
        return json;
    }

    private static ObjectNode nodes(Fleet fleet) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode reporting = json.putArray("reporting");
        fleet.reporting().forEach(reporting::add);
        ArrayNode silent = json.putArray("silent");
        fleet.silent().forEach((node, since) -> {
            ObjectNode each = silent.addObject().put("node", node);
            since.ifPresent(time -> each.put("since", time.toString()));
        });
        return json;
    }
}
