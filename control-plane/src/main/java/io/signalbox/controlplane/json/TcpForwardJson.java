package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.Passthrough;
import io.signalbox.controlplane.model.TcpForward;
import io.signalbox.controlplane.model.TcpForward.Arm;
import java.util.List;

/** Where bytes go: {@code pool}, or {@code pools} with weights, and how. What is by default is not written. */
final class TcpForwardJson {
    private static final String POOL = "pool";
    private static final String HASH = "hash";

    private TcpForwardJson() {}

    static ObjectNode write(Passthrough passthrough) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Fields.writeList(json, "serverNames", passthrough.serverNames(), TextNode::valueOf);
        write(passthrough.forward(), json);
        return json;
    }

    static Passthrough passthrough(JsonNode json) {
        return new Passthrough(Fields.list(json, "serverNames", Fields::lowerCaseText), read(json));
    }

    static void write(TcpForward forward, ObjectNode json) {
        if (forward.isOfOnePool()) {
            json.put(POOL, forward.pools().get(0).pool());
        } else {
            Fields.writeList(json, "pools", forward.pools(), TcpForwardJson::write);
        }
        if (!forward.idleTimeout().equals(TcpForward.DEFAULT_IDLE_TIMEOUT)) {
            json.put("idleTimeout", Durations.text(forward.idleTimeout()));
        }
        if (forward.connectAttempts() != 1) {
            json.put("connectAttempts", forward.connectAttempts());
        }
        if (forward.bySourceIp()) {
            json.putArray(HASH).addObject().putObject("sourceIp");
        }
    }

    private static ObjectNode write(Arm arm) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put(POOL, arm.pool()).put("weight", arm.weight());
        SubsetsJson.write(json, "subset", arm.subset());
        return json;
    }

    static TcpForward read(JsonNode json) {
        return new TcpForward(
                json.has(POOL)
                        ? List.of(new Arm(Fields.string(json, POOL), 1))
                        : Fields.list(json, "pools", TcpForwardJson::arm),
                Fields.optionalDuration(json, "idleTimeout").orElse(TcpForward.DEFAULT_IDLE_TIMEOUT),
                Fields.integer(json, "connectAttempts", 1),
                json.has(HASH));
    }

    private static Arm arm(JsonNode json) {
        return new Arm(
                Fields.string(json, POOL), Fields.integer(json, "weight", 1), SubsetsJson.labels(json, "subset"));
    }
}
