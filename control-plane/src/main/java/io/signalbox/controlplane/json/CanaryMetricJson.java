package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.model.QueryTemplate;
import java.util.Optional;

final class CanaryMetricJson {
    private CanaryMetricJson() {}

    static ObjectNode write(CanaryMetric metric) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", metric.name())
                .put("query", metric.query().text());
        ObjectNode range = json.putObject("thresholdRange");
        metric.thresholdRange().min().ifPresent(min -> range.put("min", min));
        metric.thresholdRange().max().ifPresent(max -> range.put("max", max));
        return json.put("interval", Durations.text(metric.interval())).put("failures", metric.failures());
    }

    static CanaryMetric read(JsonNode json) {
        JsonNode range = Fields.required(json, "thresholdRange");
        return new CanaryMetric(
                Fields.string(json, "name"),
                new QueryTemplate(Fields.string(json, "query")),
                new ThresholdRange(end(range, "min"), end(range, "max")),
                Fields.optionalDuration(json, "interval").orElse(CanaryMetric.USUAL_INTERVAL),
                Fields.integer(json, "failures", CanaryMetric.USUAL_FAILURES));
    }

    private static Optional<Double> end(JsonNode range, String field) {
        return range.has(field) ? Optional.of(Fields.number(range, field, 0)) : Optional.empty();
    }
}
