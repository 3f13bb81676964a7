package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolLimits;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Transport;
import io.signalbox.controlplane.model.Transport.Protocol;
import io.signalbox.controlplane.model.UpstreamTls;
import java.util.Locale;

final class PoolJson {
    private static final String CONNECT_TIMEOUT = "connectTimeout";
    private static final String PROTOCOL = "protocol";
    private static final String LIMITS = "limits";
    private static final double USUAL_BUDGET = 20;
    private static final int USUAL_RETRIES = 3;
    private static final String TLS = "tls";
    private static final String SUBSETS = "subsets";
    private static final String LOCALITY_WEIGHTS = "localityWeights";

    private PoolJson() {}

    static void write(PoolSpec pool, ObjectNode json) {
        json.set("loadBalancing", LoadBalancingJson.write(pool.loadBalancing()));
        write(pool.transport(), json);
        if (!pool.limits().equals(PoolLimits.USUAL)) {
            write(pool.limits(), json.putObject(LIMITS));
        }
        PoolHealthJson.write(pool.health(), json);
        pool.subsets().ifPresent(subsets -> SubsetsJson.write(subsets, json.putObject(SUBSETS)));
        Fields.writeList(json, LOCALITY_WEIGHTS, pool.localityWeights(), EndpointJson::write);
        Fields.writeList(json, "endpoints", pool.endpoints(), EndpointJson::write);
    }

    static PoolSpec read(JsonNode json) {
        return new PoolSpec(
                Fields.optional(json, "loadBalancing")
                        .map(LoadBalancingJson::read)
                        .orElseGet(LoadBalancing.RoundRobin::new),
                transport(json),
                Fields.optional(json, LIMITS).map(PoolJson::limits).orElse(PoolLimits.USUAL),
                PoolHealthJson.read(json),
                Fields.optional(json, SUBSETS).map(SubsetsJson::read),
                Fields.list(json, "endpoints", EndpointJson::endpoint),
                Fields.list(json, LOCALITY_WEIGHTS, EndpointJson::localityWeight));
    }

    private static void write(Transport transport, ObjectNode json) {
        Fields.write(json, CONNECT_TIMEOUT, transport.connectTimeout().map(Durations::text));
        if (transport.protocol() != Protocol.HTTP1) {
            json.put(PROTOCOL, transport.protocol().name().toLowerCase(Locale.ROOT));
        }
        transport.tls().ifPresent(tls -> write(tls, json.putObject(TLS)));
    }

    private static Transport transport(JsonNode json) {
        return new Transport(
                Fields.optionalDuration(json, CONNECT_TIMEOUT),
                Fields.optionalString(json, PROTOCOL)
                        .map(word -> Protocol.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Protocol.HTTP1),
                Fields.optional(json, TLS).map(PoolJson::tls));
    }

    private static void write(UpstreamTls tls, ObjectNode json) {
        Fields.write(json, "serverName", tls.serverName());
        Fields.write(json, "trustedCertificates", tls.trustedCertificates());
        if (tls.trustedCertificates().isEmpty()) {
            json.putObject("insecure");
        }
        Fields.writeList(json, "names", tls.names(), TextNode::valueOf);
        Fields.write(json, "certificate", tls.certificate());
    }

    private static UpstreamTls tls(JsonNode json) {
        return new UpstreamTls(
                Fields.optionalString(json, "serverName"),
                Fields.optionalString(json, "trustedCertificates"),
                Fields.list(json, "names", Fields::lowerCaseText),
                Fields.optionalString(json, "certificate"));
    }

    private static void write(PoolLimits limits, ObjectNode json) {
        Fields.writeInteger(json, "connections", limits.connections());
        Fields.writeInteger(json, "pendingRequests", limits.pendingRequests());
        Fields.writeInteger(json, "requests", limits.requests());
        Fields.writeInteger(json, "retries", limits.retries());
        limits.retryBudget()
                .ifPresent(budget -> json.putObject("retryBudget")
                        .put("percent", budget.percent())
                        .put("minimum", budget.minimum()));
        Fields.writeInteger(json, "requestsPerConnection", limits.requestsPerConnection());
    }

    private static PoolLimits limits(JsonNode json) {
        return new PoolLimits(
                Fields.optionalInteger(json, "connections"),
                Fields.optionalInteger(json, "pendingRequests"),
                Fields.optionalInteger(json, "requests"),
                Fields.optionalInteger(json, "retries"),
                Fields.optional(json, "retryBudget")
                        .map(budget -> new PoolLimits.RetryBudget(
                                Fields.number(budget, "percent", USUAL_BUDGET),
                                Fields.integer(budget, "minimum", USUAL_RETRIES))),
                Fields.optionalInteger(json, "requestsPerConnection"));
    }
}
