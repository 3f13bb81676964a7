package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Holds every answer that tests get against what the OpenAPI document says of it: status, content type and schema. */
final class DocumentedAnswers {
    private static final JsonNode DOCUMENT = OpenApiExamplesTest.document();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private DocumentedAnswers() {}

    /** Answers of paths and methods that the document does not have are not looked at. */
    static void check(String method, HttpResponse<String> response, JsonNode body) {
        operation(method, response.uri().getRawPath()).ifPresent(operation -> {
            String what = method + " " + response.uri();
            JsonNode documented = resolve(operation.path("responses").path(Integer.toString(response.statusCode())));
            assertThat(documented.isMissingNode())
                    .as("%s: no status %s in the document", what, response.statusCode())
                    .isFalse();
            documented
                    .path("headers")
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(response.headers().firstValue(name))
                            .as("%s: header %s of a %s", what, name, response.statusCode())
                            .isPresent());
            JsonNode content = documented.path("content");
            if (content.isEmpty()) {
                assertThat(response.body()).as(what).isEmpty();
                return;
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            assertThat(content.has(type)).as("%s: content type %s", what, type).isTrue();
            if (type.contains("json")) {
                assertThat(violations(content.path(type).path("schema"), body))
                        .as("%s: body %s", what, body)
                        .isEmpty();
            }
        });
    }

    private static Iterable<?> violations(JsonNode schema, JsonNode body) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("$defs", JsonNodeFactory.instance.objectNode().set("schema", schema));
        root.put("$ref", "#/$defs/schema");
        root.set("components", DOCUMENT.path("components"));
        return SCHEMAS.getSchema(root).validate(body);
    }

    private static Optional<JsonNode> operation(String method, String path) {
        for (Map.Entry<String, JsonNode> each : DOCUMENT.path("paths").properties()) {
            String pattern = each.getKey().replaceAll("\\{\\w+}", "[^/:]+");
            JsonNode operation = each.getValue().path(method.toLowerCase(Locale.ROOT));
            if (path.matches(pattern) && !operation.isMissingNode()) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }
}
