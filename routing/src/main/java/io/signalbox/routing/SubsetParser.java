package io.signalbox.routing;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads which labels a host must have. Only texts are labels here; Envoy knows numbers, lists and more. */
final class SubsetParser {
    private static final String LOAD_BALANCING = "envoy.lb";

    private SubsetParser() {}

    /** Other kinds of metadata take no part. */
    static Map<String, String> parse(Metadata proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("filter_metadata"));
        Field labels = field.child("filter_metadata[" + LOAD_BALANCING + "]");
        Map<String, String> subset = new HashMap<>();
        Struct struct = proto.getFilterMetadataOrDefault(LOAD_BALANCING, Struct.getDefaultInstance());
        for (Map.Entry<String, Value> label : struct.getFieldsMap().entrySet()) {
            if (!label.getValue().hasStringValue()) {
                throw labels.child(label.getKey()).unsupported();
            }
            subset.put(label.getKey(), label.getValue().getStringValue());
        }
        return subset;
    }
}
