package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.Compression;
import io.signalbox.controlplane.model.Compression.Algorithm;
import io.signalbox.controlplane.model.Compression.Encoding;
import java.util.List;
import java.util.Locale;

/** What a listener compresses: {@code {minimumSize, contentTypes, encodings: [{gzip: {level}}]}}. */
final class CompressionJson {
    private CompressionJson() {}

    static void write(Compression compression, ObjectNode json) {
        json.put("minimumSize", compression.minimumSize());
        Fields.writeList(json, "contentTypes", compression.contentTypes(), TextNode::valueOf);
        if (!compression.encodings().equals(Compression.DEFAULT_ENCODINGS)) {
            Fields.writeList(json, "encodings", compression.encodings(), CompressionJson::write);
        }
    }

    private static ObjectNode write(Encoding encoding) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode settings = json.putObject(encoding.algorithm().name().toLowerCase(Locale.ROOT));
        Fields.writeInteger(settings, "level", encoding.level());
        return json;
    }

    static Compression read(JsonNode json) {
        List<String> types = Fields.list(json, "contentTypes", Fields::lowerCaseText);
        List<Encoding> encodings = Fields.list(json, "encodings", CompressionJson::encoding);
        return new Compression(
                Fields.integer(json, "minimumSize", Compression.DEFAULT_MINIMUM_SIZE),
                types.isEmpty() ? Compression.DEFAULT_CONTENT_TYPES : types,
                encodings.isEmpty() ? Compression.DEFAULT_ENCODINGS : encodings);
    }

    private static Encoding encoding(JsonNode json) {
        String name = json.fieldNames().next();
        return new Encoding(
                Algorithm.valueOf(name.toUpperCase(Locale.ROOT)), Fields.optionalInteger(json.path(name), "level"));
    }
}
