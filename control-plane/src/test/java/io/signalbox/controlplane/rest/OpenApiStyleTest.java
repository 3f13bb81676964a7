package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * What readers and generators of clients need of the OpenAPI document beyond being valid. (That it is, a validator checks
 * in the module cli.)
 */
class OpenApiStyleTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final JsonNode DOCUMENT = OpenApiExamplesTest.document();
    private static final RequestSchemas REQUESTS = new RequestSchemas(DOCUMENT);
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** What is wrong, all of it. */
    private final List<String> findings = new ArrayList<>();

    @Test
    void everyOperationSaysWhatItIsAndWhatCanGoWrong() {
        Set<String> tags = Set.copyOf(DOCUMENT.path("tags").findValuesAsText("name"));
        operations((name, operation) -> {
            expect(operation.path("operationId").asText().matches("[a-z]+([A-Z][a-z]+)+"), name + ": operationId");
            expect(operation.path("summary").asText().matches("[A-Z].*[^.]"), name + ": summary");
            expect(
                    operation.path("tags").size() == 1
                            && tags.contains(operation.at("/tags/0").asText()),
                    name + ": one declared tag");
            List<String> statuses = new ArrayList<>(List.of("400", "414", "431", "500"));
            if (!operation.has("security")) {
                statuses.addAll(List.of("401", "403", "429"));
            }
            if (operation.has("requestBody")) {
                statuses.addAll(List.of("413", "415"));
            }
            statuses.forEach(status -> expect(operation.path("responses").has(status), name + ": " + status));
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void everyErrorIsAProblemWithAnExample() {
        operations((name, operation) -> operation.path("responses").properties().forEach(each -> {
            if (each.getKey().compareTo("400") >= 0) {
                JsonNode content = resolve(each.getValue()).path("content");
                JsonNode problem = content.path("application/problem+json");
                expect(content.size() == 1, name + " " + each.getKey() + ": application/problem+json alone");
                expect(problem.at("/schema/$ref").asText().endsWith("/Problem"), name + " " + each.getKey());
                expect(
                        problem.at("/example/status").asText().equals(each.getKey()),
                        name + " " + each.getKey() + ": an example of that status");
            }
        }));
        assertThat(findings).isEmpty();
    }

    @Test
    void parametersHeadersSchemasAndPropertiesAreDescribed() {
        walk("", DOCUMENT, (path, node) -> {
            boolean parameter = node.has("in") && node.has("name");
            boolean header = path.matches("/components/headers/[^/]+");
            boolean schema = path.matches("/components/schemas/[^/]+");
            if (parameter || header || schema || path.matches(".*/properties/[^/]+")) {
                expect(!resolve(node).path("description").asText().isEmpty(), path + ": description");
            }
        });
        assertThat(findings).isEmpty();
    }

    @Test
    void everySchemaHasExamplesAndEveryExampleFits() {
        DOCUMENT.at("/components/schemas")
                .properties()
                .forEach(schema ->
                        expect(!schema.getValue().path("examples").isEmpty(), schema.getKey() + ": examples"));
        walk("", DOCUMENT, (path, node) -> {
            if (path.matches(".*/(properties|responses|headers|parameters|schemas)")) {
                return; // names, of which one may be "example"
            }
            // A media type, a header or a parameter has its schema beside the example; a schema is one.
            JsonNode schema = node.has("schema") ? node.path("schema") : node;
            if (node.has("example")) {
                checkExample(path, schema, node.path("example"));
            }
            if (node.path("examples").isArray()) {
                node.path("examples").forEach(example -> checkExample(path, schema, example));
            }
        });
        assertThat(findings).isEmpty();
    }

    /** An example fits as an answer; or as a request, which may leave out what is read-only. */
    private void checkExample(String path, JsonNode schema, JsonNode example) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("$defs", JsonNodeFactory.instance.objectNode().set("schema", schema));
        root.put("$ref", "#/$defs/schema");
        root.set("components", DOCUMENT.path("components"));
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean request = path.startsWith("/components/schemas/")
                && DOCUMENT.at("/components/schemas/" + name) == schema
                && REQUESTS.check(name, example).isEmpty();
        if (!request) {
            SCHEMAS.getSchema(root)
                    .validate(example)
                    .forEach(message -> findings.add(path + ": " + message.getMessage()));
        }
    }

    /**
     * Generators make clients that do not compile of nested compositions without a name, of enumerated booleans and of
     * {@code oneOf} beside properties. Those that say which keys exclude each other stand behind an {@code if} that
     * always holds.
     */
    @Test
    void compositionsAreOnesThatGeneratorsCopeWith() {
        walk("", DOCUMENT.at("/components/schemas"), (path, node) -> {
            for (String keyword : List.of("oneOf", "anyOf", "allOf")) {
                for (JsonNode branch : node.path(keyword)) {
                    boolean requires = branch.size() == 1 && branch.has("required");
                    expect(requires || branch.has("$ref"), path + ": " + keyword + " of names or of required keys");
                    if (branch.has("$ref") && keyword.equals("oneOf")) {
                        expect(node.has("discriminator"), path + ": a discriminator");
                    }
                }
            }
            if (node.path("type").asText().equals("boolean")) {
                expect(!node.has("enum"), path + ": no enumeration of booleans");
            }
            expect(!node.has("oneOf") || !node.has("properties"), path + ": oneOf within then, not beside properties");
        });
        assertThat(findings).isEmpty();
    }

    private void expect(boolean condition, String finding) {
        if (!condition) {
            findings.add(finding);
        }
    }

    private static void operations(BiConsumer<String, JsonNode> each) {
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    each.accept(method.getKey() + " " + path.getKey(), method.getValue());
                }
            }
        }
    }

    private static void walk(String path, JsonNode node, BiConsumer<String, JsonNode> each) {
        if (node.isObject()) {
            each.accept(path, node);
            node.properties().forEach(field -> {
                if (!Set.of("example", "examples", "default").contains(field.getKey())
                        || path.endsWith("/properties")) {
                    walk(path + "/" + field.getKey(), field.getValue(), each);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(path + "/" + i, node.get(i), each);
            }
        }
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") && !node.has("description")
                ? resolve(DOCUMENT.at(node.path("$ref").asText().substring(1)))
                : node;
    }
}
