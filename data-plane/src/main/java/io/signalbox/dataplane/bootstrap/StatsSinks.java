package io.signalbox.dataplane.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Statistics go to the metrics service or nowhere: other sinks are extensions of any kind, and change no answer to a request. */
final class StatsSinks {
    private static final Logger LOG = LoggerFactory.getLogger(StatsSinks.class);
    private static final String READ = "/envoy.config.metrics.v3.MetricsServiceConfig";

    private StatsSinks() {}

    static void cutUnread(ObjectNode bootstrap) {
        for (String field : List.of("stats_sinks", "statsSinks")) {
            if (bootstrap.get(field) instanceof ArrayNode sinks) {
                for (Iterator<JsonNode> each = sinks.iterator(); each.hasNext(); ) {
                    JsonNode sink = each.next();
                    JsonNode config = sink.has("typed_config") ? sink.path("typed_config") : sink.path("typedConfig");
                    if (!config.path("@type").asText().endsWith(READ)) {
                        LOG.warn(
                                "stats sink {}: nothing is sent to it here",
                                sink.path("name").asText());
                        each.remove();
                    }
                }
            }
        }
    }
}
