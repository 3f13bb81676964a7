package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.progress.MetricReading;

/** What Prometheus says of a canary, as the API shows it. */
final class MetricReadingView {
    private MetricReadingView() {}

    static ObjectNode toJson(MetricReading reading) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", reading.metric().name())
                .put("verdict", Ascii.toLowerCase(reading.finding().verdict().name()))
                .put("reason", reading.finding().reason());
        reading.value().ifPresent(value -> json.put("value", value));
        ThresholdRange range = reading.metric().thresholdRange();
        ObjectNode rangeJson = json.putObject("thresholdRange");
        range.min().ifPresent(min -> rangeJson.put("min", min));
        range.max().ifPresent(max -> rangeJson.put("max", max));
        json.put("outOfRange", reading.outOfRange());
        reading.asked().ifPresent(asked -> json.put("asked", asked.toString()));
        return json;
    }
}
