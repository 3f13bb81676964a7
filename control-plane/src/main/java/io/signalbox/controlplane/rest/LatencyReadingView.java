package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.judge.Judgement;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.progress.LatencyReading;
import java.util.Optional;

/** How fast a canary is, as the API shows it. */
final class LatencyReadingView {
    private static final int PERCENT = 100;

    private LatencyReadingView() {}

    static ObjectNode toJson(LatencyReading reading) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("stable", side(reading.stable(), reading.judgement().map(Judgement::stable)));
        json.set("canary", side(reading.canary(), reading.judgement().map(Judgement::canary)));
        ArrayNode silent = json.putArray("silent");
        reading.times()
                .silent()
                .forEach(each -> silent.addObject()
                        .put("node", each.node())
                        .put("since", each.since().toString()));
        ArrayNode untold = json.putArray("untold");
        reading.times().untold().forEach(untold::add);
        return json;
    }

    private static ObjectNode side(Latencies latencies, Optional<Outcomes> slow) {
        ObjectNode json = LatencyView.toJson(latencies);
        slow.filter(outcomes -> outcomes.requests() > 0)
                .ifPresent(outcomes -> json.put("slow", outcomes.bad())
                        .put("slowRate", PERCENT * outcomes.rate())
                        .put("from", PERCENT * outcomes.range().from())
                        .put("to", PERCENT * outcomes.range().to()));
        return json;
    }
}
