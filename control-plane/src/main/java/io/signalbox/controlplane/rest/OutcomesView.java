package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.judge.Outcomes;

/** How many requests ended, how many in error, and which rate that makes probable. */
final class OutcomesView {
    private static final int PERCENT = 100;

    private OutcomesView() {}

    static ObjectNode toJson(Outcomes outcomes) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("requests", outcomes.requests())
                .put("errors", outcomes.bad());
        if (outcomes.requests() > 0) {
            json.put("errorRate", PERCENT * outcomes.rate())
                    .put("from", PERCENT * outcomes.range().from())
                    .put("to", PERCENT * outcomes.range().to());
        }
        return json;
    }
}
