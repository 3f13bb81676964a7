package io.signalbox.controlplane.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.Resource;
import java.util.Set;

/**
 * The edits that shift traffic and change nothing else: the endpoints of a pool, the weights of a split or a canary, the population of an experiment. Found by what is
 * left of the public form without them, so that a field that is added to the model one day is no such edit by accident.
 */
final class OperationalEdit {
    private static final Set<Kind> KINDS = Set.of(Kind.POOL, Kind.ROUTE, Kind.CANARY, Kind.EXPERIMENT);

    private OperationalEdit() {}

    static boolean is(Resource<?> before, Resource<?> after) {
        Kind kind = before.spec().kind();
        return KINDS.contains(kind)
                && before.labels().equals(after.labels())
                && rest(before).equals(rest(after));
    }

    private static JsonNode rest(Resource<?> resource) {
        ObjectNode json = ModelJson.toJson(resource.spec());
        if (resource.spec().kind() == Kind.POOL) {
            json.remove("endpoints");
        } else if (resource.spec().kind() == Kind.CANARY) {
            json.remove("weight");
        } else if (resource.spec().kind() == Kind.EXPERIMENT) {
            json.remove("population");
        } else {
            json.at("/action/forward/pools").forEach(pool -> ((ObjectNode) pool).remove("weight"));
        }
        return json;
    }
}
