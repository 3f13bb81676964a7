package io.signalbox.controlplane.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;

/** Canaries from the pool v1 to the pool v2, in the steps 10, 50, 100. */
final class Canaries {
    private static final JsonMapper JSON = new JsonMapper();

    private Canaries() {}

    static ResourceKey key(String name) {
        return new ResourceKey(Kind.CANARY, name);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** With its share as the steps have it. */
    static CanarySpec at(String phase, int step) {
        return canary("'state':{'phase':'" + phase + "','step':" + step + "}");
    }

    /** With its share set by hand. */
    static CanarySpec at(String phase, int step, int weight) {
        return canary("'weight':" + weight + ",'state':{'phase':'" + phase + "','step':" + step + "}");
    }

    private static CanarySpec canary(String more) {
        JsonNode json = json("{'stable':'v1','canary':'v2','steps':[10,50,100]," + more + "}");
        return (CanarySpec) ModelJson.fromJson(Kind.CANARY, json);
    }
}
