package io.signalbox.controlplane.rest.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.signalbox.controlplane.validation.Violation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks JSON against the schemas of the OpenAPI document, as requests: read-only fields are accepted whatever they hold,
 * also where they are required in answers. Any thread.
 */
public final class RequestSchemas {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String PREPARED = "#/$defs/";

    /** What says something about a value; the rest of a schema is for people and generators. */
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "type",
            "enum",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "oneOf",
            "not");

    private final JsonNode document;
    private final Expectation expectation;
    private final ObjectNode prepared = JsonNodeFactory.instance.objectNode();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            // Linear in time and without recursion, and $ is the very end: java.util.regex has neither.
            .regularExpressionFactory(regex -> {
                Pattern pattern = Pattern.compile(regex);
                return text -> pattern.matcher(text).find();
            })
            .build();
    private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

    /** @param document the OpenAPI document */
    public RequestSchemas(JsonNode document) {
        this.document = document;
        this.expectation = new Expectation(this::resolve);
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> prepared.set(schema.getKey(), prepare(schema.getValue())));
    }

    /**
     * @param schema the name of a schema of the document
     * @return everything that is wrong; empty if it fits
     */
    public List<Violation> check(String schema, JsonNode json) {
        Set<Violation> violations = new LinkedHashSet<>();
        for (ValidationMessage message :
                compiled.computeIfAbsent(schema, this::compile).validate(json)) {
            if (!inBranch(message.getEvaluationPath()) && !oneOfForNoObject(message)) {
                violations.add(violation(message));
            }
        }
        return List.copyOf(violations);
    }

    private JsonSchema compile(String schema) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("$ref", PREPARED + schema);
        root.set("$defs", prepared);
        return factory.getSchema(root, config);
    }

    private JsonNode prepare(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        } else if (schema.has("discriminator")) {
            return byDiscriminator(schema.path("discriminator"));
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        schema.properties().forEach(keyword -> {
            if (KEYWORDS.contains(keyword.getKey())) {
                result.set(keyword.getKey(), prepare(keyword.getKey(), keyword.getValue(), schema));
            }
        });
        if (choice(schema) != schema) {
            result.set("oneOf", choice(schema).path("oneOf"));
            if (choice(schema).has("not")) {
                result.set("not", choice(schema).path("not"));
            }
        }
        return result;
    }

    private JsonNode prepare(String keyword, JsonNode value, JsonNode schema) {
        return switch (keyword) {
            case "properties" -> properties(value);
            case "required" -> required(value, schema.path("properties"));
            case "items", "additionalProperties", "propertyNames" -> prepare(value);
            case "$ref" -> TextNode.valueOf(reference(value));
            default -> value;
        };
    }

    private ObjectNode properties(JsonNode properties) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        properties
                .properties()
                .forEach(property -> result.set(
                        property.getKey(),
                        readOnly(property.getValue()) ? BooleanNode.TRUE : prepare(property.getValue())));
        return result;
    }

    private ArrayNode required(JsonNode names, JsonNode properties) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        names.forEach(name -> {
            if (!readOnly(properties.path(name.asText()))) {
                result.add(name);
            }
        });
        return result;
    }

    /**
     * {@code oneOf} with a discriminator, as the choice by one field that it is: what does not fit is then told about the
     * branch that was meant, not about all of them.
     */
    private static ObjectNode byDiscriminator(JsonNode discriminator) {
        String property = discriminator.path("propertyName").asText();
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("type", "object");
        result.putArray("required").add(property);
        ArrayNode words = result.putObject("properties").putObject(property).putArray("enum");
        ArrayNode branches = result.putArray("allOf");
        discriminator.path("mapping").properties().forEach(entry -> {
            words.add(entry.getKey());
            ObjectNode branch = branches.addObject();
            ObjectNode condition = branch.putObject("if");
            condition.put("type", "object");
            condition.putObject("properties").putObject(property).put("const", entry.getKey());
            condition.putArray("required").add(property);
            branch.putObject("then").put("$ref", reference(entry.getValue()));
        });
        return result;
    }

    /**
     * Where a schema says which keys exclude each other: within a {@code then} whose {@code if} always holds, as generators
     * of clients do not look there.
     */
    private static JsonNode choice(JsonNode schema) {
        return schema.path("then").has("oneOf") ? schema.path("then") : schema;
    }

    private static String reference(JsonNode value) {
        return value.asText().replace(SCHEMAS, PREPARED);
    }

    private boolean readOnly(JsonNode schema) {
        return schema.path("readOnly").asBoolean()
                || resolve(schema).path("readOnly").asBoolean();
    }

    private JsonNode resolve(JsonNode schema) {
        return schema.has("$ref")
                ? resolve(document.at(schema.path("$ref").asText().substring(1)))
                : schema;
    }

    /** The branches of {@code oneOf} only say which keys exclude each other; that is told once, for all of them. */
    private static boolean inBranch(JsonNodePath path) {
        for (int i = 0; i < path.getNameCount() - 1; i++) {
            if (path.getName(i).equals("oneOf")) {
                return true;
            }
        }
        return false;
    }

    /** Its {@code type} says already what is wrong. */
    private static boolean oneOfForNoObject(ValidationMessage message) {
        return message.getType().equals("oneOf") && !message.getInstanceNode().isObject();
    }

    private Violation violation(ValidationMessage message) {
        String keyword = message.getType();
        JsonNode schema = schemaOf(message);
        String field = field(message.getInstanceLocation());
        JsonNode value = message.getInstanceNode();
        return switch (keyword) {
            case "required" -> {
                JsonNode property = schema.path("properties").path(message.getProperty());
                yield new Violation(
                        FieldPath.field(field, message.getProperty()), Found.NOTHING, expectation.of(property));
            }
            case "additionalProperties" ->
                new Violation(
                        FieldPath.field(field, message.getProperty()),
                        "an unknown field",
                        expectation.knownKeys(schema));
            case "oneOf" -> new Violation(field, keysOf(choice(schema), value), expectation.oneOf(choice(schema)));
            case "not" -> new Violation(field, found(value), expectation.of(choice(schema)));
            case "minProperties", "maxProperties" -> new Violation(field, keys(value), expectation.of(schema));
            case "propertyNames" ->
                new Violation(
                        FieldPath.field(field, String.valueOf(message.getProperty())),
                        "that key",
                        expectation.of(schema.path("propertyNames")));
            case "uniqueItems" -> new Violation(field, "an item twice", "each item once");
            default ->
                new Violation(
                        field,
                        schema.path("writeOnly").asBoolean() ? Found.HIDDEN : Found.describe(value),
                        expectation.of(schema));
        };
    }

    /** The schema object with the keyword that was not fulfilled: as in the document, or as made from it. */
    private JsonNode schemaOf(ValidationMessage message) {
        JsonNodePath path = message.getSchemaLocation().getFragment(); // $defs, name of the schema, …, keyword
        JsonNode original = document.at("/components/schemas");
        JsonNode made = prepared;
        for (int i = 1; i < path.getNameCount() - 1; i++) {
            original = child(original, path.getElement(i));
            made = child(made, path.getElement(i));
        }
        return original.isMissingNode() || original.has("discriminator") ? made : original;
    }

    private static JsonNode child(JsonNode node, Object element) {
        return element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }

    private static String field(JsonNodePath location) {
        String field = "";
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            field = element instanceof Integer index
                    ? FieldPath.item(field, index)
                    : FieldPath.field(field, element.toString());
        }
        return field;
    }

    private static String keysOf(JsonNode schema, JsonNode value) {
        List<String> present = new ArrayList<>();
        schema.path("oneOf")
                .forEach(branch -> branch.path("required").forEach(key -> {
                    if (value.has(key.asText())) {
                        present.add(key.asText());
                    }
                }));
        return present.isEmpty() ? "none of them" : String.join(", ", present);
    }

    private static String found(JsonNode value) {
        return value.isObject() ? keys(value) : Found.describe(value);
    }

    private static String keys(JsonNode value) {
        if (value.isEmpty()) {
            return "an empty object";
        }
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = value.fieldNames(); names.hasNext() && keys.size() < 8; ) {
            keys.add(Found.shorten(names.next()));
        }
        return value.size() > keys.size() ? value.size() + " keys" : "the keys " + String.join(", ", keys);
    }
}
