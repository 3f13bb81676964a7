package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.LoadBalancing.LeastRequest;
import io.signalbox.controlplane.model.LoadBalancing.Maglev;
import io.signalbox.controlplane.model.LoadBalancing.Random;
import io.signalbox.controlplane.model.LoadBalancing.RingHash;
import io.signalbox.controlplane.model.LoadBalancing.RoundRobin;
import io.signalbox.controlplane.model.SlowStart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object with one key, the policy. */
final class LoadBalancingJson {
    private static final String ROUND_ROBIN = "roundRobin";
    private static final String LEAST_REQUEST = "leastRequest";
    private static final String RANDOM = "random";
    private static final String RING_HASH = "ringHash";
    private static final String MAGLEV = "maglev";
    private static final String MINIMUM_SIZE = "minimumSize";
    private static final String MAXIMUM_SIZE = "maximumSize";
    private static final String TABLE_SIZE = "tableSize";
    private static final String SLOW_START = "slowStart";
    private static final List<String> WORDS = List.of(ROUND_ROBIN, LEAST_REQUEST, RANDOM, RING_HASH, MAGLEV);

    private LoadBalancingJson() {}

    static ObjectNode write(LoadBalancing policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (policy instanceof RoundRobin roundRobin) {
            write(roundRobin.slowStart(), json.putObject(ROUND_ROBIN));
        } else if (policy instanceof LeastRequest leastRequest) {
            ObjectNode object = json.putObject(LEAST_REQUEST);
            leastRequest.choices().ifPresent(choices -> object.put("choices", choices));
            write(leastRequest.slowStart(), object);
        } else if (policy instanceof RingHash ring) {
            ObjectNode object = json.putObject(RING_HASH);
            Fields.writeInteger(object, MINIMUM_SIZE, ring.minimumSize());
            Fields.writeInteger(object, MAXIMUM_SIZE, ring.maximumSize());
        } else if (policy instanceof Maglev maglev) {
            Fields.writeInteger(json.putObject(MAGLEV), TABLE_SIZE, maglev.tableSize());
        } else {
            json.putObject(RANDOM);
        }
        return json;
    }

    static LoadBalancing read(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, WORDS);
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case ROUND_ROBIN -> new RoundRobin(slowStart(value));
            case LEAST_REQUEST -> new LeastRequest(Fields.optionalInteger(value, "choices"), slowStart(value));
            case RING_HASH ->
                new RingHash(Fields.optionalInteger(value, MINIMUM_SIZE), Fields.optionalInteger(value, MAXIMUM_SIZE));
            case MAGLEV -> new Maglev(Fields.optionalInteger(value, TABLE_SIZE));
            default -> new Random();
        };
    }

    private static void write(Optional<SlowStart> slowStart, ObjectNode json) {
        slowStart.ifPresent(start -> json.putObject(SLOW_START)
                .put("window", Durations.text(start.window()))
                .put("aggression", start.aggression())
                .put("minWeightPercent", start.minWeightPercent()));
    }

    private static Optional<SlowStart> slowStart(JsonNode json) {
        return Fields.optional(json, SLOW_START)
                .map(start -> new SlowStart(
                        Durations.parse(Fields.string(start, "window")),
                        Fields.number(start, "aggression", SlowStart.USUAL_AGGRESSION),
                        Fields.integer(start, "minWeightPercent", SlowStart.USUAL_MIN_WEIGHT_PERCENT)));
    }
}
