package io.signalbox.dataplane.parse;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import java.util.HashMap;
import java.util.Map;

/** Labels for load balancing, which are texts; Envoy knows numbers, lists and more. */
final class LabelsParser {
    private static final String LOAD_BALANCING = "envoy.lb";

    private LabelsParser() {}

    /** Metadata for others than load balancing takes no part. */
    static Map<String, String> of(String at, Metadata proto) throws InvalidResource {
        return parse(
                at + ".filter_metadata[" + LOAD_BALANCING + "]",
                proto.getFilterMetadataOrDefault(LOAD_BALANCING, Struct.getDefaultInstance()));
    }

    static Map<String, String> parse(String at, Struct proto) throws InvalidResource {
        Map<String, String> labels = new HashMap<>();
        for (Map.Entry<String, Value> label : proto.getFieldsMap().entrySet()) {
            if (!label.getValue().hasStringValue()) {
                throw new InvalidResource(at + "." + label.getKey() + ": only strings are supported");
            }
            labels.put(label.getKey(), label.getValue().getStringValue());
        }
        return labels;
    }
}
