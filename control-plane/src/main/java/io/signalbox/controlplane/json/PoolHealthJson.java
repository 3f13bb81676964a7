package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.HealthCheck;
import io.signalbox.controlplane.model.HealthCheck.Grpc;
import io.signalbox.controlplane.model.HealthCheck.Http;
import io.signalbox.controlplane.model.HealthCheck.Probe;
import io.signalbox.controlplane.model.HealthCheck.Tcp;
import io.signalbox.controlplane.model.OutlierDetection;
import io.signalbox.controlplane.model.PoolHealth;
import java.util.List;
import java.util.Map;

final class PoolHealthJson {
    private static final String CHECK = "healthCheck";
    private static final String OUTLIERS = "outlierDetection";
    private static final String PANIC = "panicThreshold";
    private static final String HTTP = "http";
    private static final String TCP = "tcp";
    private static final String GRPC = "grpc";
    private static final List<String> WORDS = List.of(HTTP, TCP, GRPC);

    private PoolHealthJson() {}

    /** @param json the pool's */
    static void write(PoolHealth health, ObjectNode json) {
        health.check().ifPresent(check -> write(check, json.putObject(CHECK)));
        health.outlierDetection().ifPresent(outliers -> write(outliers, json.putObject(OUTLIERS)));
        Fields.writeInteger(json, PANIC, health.panicThreshold());
    }

    static PoolHealth read(JsonNode json) {
        return new PoolHealth(
                Fields.optional(json, CHECK).map(PoolHealthJson::check),
                Fields.optional(json, OUTLIERS).map(PoolHealthJson::outliers),
                Fields.optionalInteger(json, PANIC));
    }

    private static void write(HealthCheck check, ObjectNode json) {
        if (check.probe() instanceof Http http) {
            ObjectNode object = json.putObject(HTTP).put("path", http.path());
            Fields.write(object, "host", http.host());
            Fields.writeList(object, "statuses", http.statuses(), IntNode::valueOf);
        } else if (check.probe() instanceof Grpc grpc) {
            Fields.write(json.putObject(GRPC), "service", grpc.service());
        } else {
            json.putObject(TCP);
        }
        json.put("interval", Durations.text(check.interval()))
                .put("timeout", Durations.text(check.timeout()))
                .put("healthyThreshold", check.healthyThreshold())
                .put("unhealthyThreshold", check.unhealthyThreshold());
    }

    private static HealthCheck check(JsonNode json) {
        return new HealthCheck(
                probe(Fields.choice(json, WORDS)),
                Fields.optionalDuration(json, "interval").orElse(HealthCheck.USUAL_INTERVAL),
                Fields.optionalDuration(json, "timeout").orElse(HealthCheck.USUAL_TIMEOUT),
                Fields.integer(json, "healthyThreshold", HealthCheck.USUAL_HEALTHY_THRESHOLD),
                Fields.integer(json, "unhealthyThreshold", HealthCheck.USUAL_UNHEALTHY_THRESHOLD));
    }

    private static Probe probe(Map.Entry<String, JsonNode> choice) {
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case HTTP ->
                new Http(
                        Fields.string(value, "path"),
                        Fields.optionalString(value, "host"),
                        Fields.list(value, "statuses", JsonNode::intValue));
            case GRPC -> new Grpc(Fields.optionalString(value, "service"));
            default -> new Tcp();
        };
    }

    private static void write(OutlierDetection outliers, ObjectNode json) {
        Fields.writeInteger(json, "consecutive5xx", outliers.consecutive5xx());
        Fields.writeInteger(json, "consecutiveGatewayFailures", outliers.consecutiveGatewayFailures());
        Fields.write(json, "interval", outliers.interval().map(Durations::text));
        Fields.write(json, "baseEjectionTime", outliers.baseEjectionTime().map(Durations::text));
        Fields.writeInteger(json, "maxEjectionPercent", outliers.maxEjectionPercent());
    }

    private static OutlierDetection outliers(JsonNode json) {
        return new OutlierDetection(
                Fields.optionalInteger(json, "consecutive5xx"),
                Fields.optionalInteger(json, "consecutiveGatewayFailures"),
                Fields.optionalDuration(json, "interval"),
                Fields.optionalDuration(json, "baseEjectionTime"),
                Fields.optionalInteger(json, "maxEjectionPercent"));
    }
}
