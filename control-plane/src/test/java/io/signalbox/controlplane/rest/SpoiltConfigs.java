package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Configs with one value put in the place of another that does not belong there. */
final class SpoiltConfigs {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SpoiltConfigs() {}

    static Arbitrary<ObjectNode> of(Arbitrary<ObjectNode> valid) {
        return Combinators.combine(valid, Arbitraries.integers().greaterOrEqual(0), outOfPlace())
                .as(SpoiltConfigs::spoilt);
    }

    private static Arbitrary<JsonNode> outOfPlace() {
        return Arbitraries.<JsonNode>oneOf(
                Arbitraries.of(
                                "",
                                " ",
                                "1.2.3",
                                "010.0.0.1",
                                "host",
                                "a;b",
                                "x".repeat(4097),
                                "ü".repeat(2049),
                                "a b",
                                "a\nb",
                                "\u0000",
                                "é",
                                "*",
                                "-a",
                                "a-",
                                "a.",
                                ".a",
                                "a..b",
                                "*a",
                                "a*b",
                                "A",
                                "a/b",
                                "a:80",
                                "[::1]",
                                "1.2.3.4.5",
                                "::g",
                                "/x?y",
                                "/x#y",
                                "x",
                                "/é",
                                ":path",
                                "?",
                                "x".repeat(64),
                                "x".repeat(254),
                                "x".repeat(5000),
                                "/" + "x".repeat(2048),
                                "a".repeat(1025),
                                "((((",
                                "https",
                                "get")
                        .map(JSON::textNode),
                Arbitraries.of(
                                -1,
                                0,
                                1,
                                99,
                                100,
                                101,
                                199,
                                300,
                                304,
                                600,
                                1001,
                                65536,
                                1_000_001,
                                Integer.MAX_VALUE,
                                Integer.MIN_VALUE)
                        .map(JSON::numberNode),
                Arbitraries.of(true, false).map(JSON::booleanNode),
                Arbitraries.of(JSON.nullNode(), JSON.objectNode(), JSON.arrayNode(), JSON.numberNode(1.5)));
    }

    /** The document with one of its values replaced, whichever that is. */
    private static ObjectNode spoilt(ObjectNode document, int which, JsonNode value) {
        ObjectNode copy = document.deepCopy();
        List<Runnable> replacements = new ArrayList<>();
        for (JsonNode resource : copy.path("resources")) {
            // Certificates are the same three in all configs; what is wrong with others has tests of its own.
            if (!resource.path("kind").asText().equals("certificate")) {
                collect(resource.path("spec"), value, replacements);
            }
        }
        replacements.get(which % replacements.size()).run();
        return copy;
    }

    private static void collect(JsonNode node, JsonNode value, List<Runnable> replacements) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                replacements.add(() -> object.set(name, value));
                collect(object.path(name), value, replacements);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                replacements.add(() -> array.set(index, value));
                collect(array.path(i), value, replacements);
            }
        }
    }
}
