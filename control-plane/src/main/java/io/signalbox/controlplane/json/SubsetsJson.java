package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.Labels;
import io.signalbox.controlplane.model.Subsets;
import io.signalbox.controlplane.model.Subsets.Fallback;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Labels of endpoints, and the choice among endpoints by them. */
final class SubsetsJson {
    private static final String BY = "by";
    private static final String FALLBACK = "fallback";
    private static final String NONE = "none";
    private static final String ANY = "any";
    private static final String SUBSET = "subset";
    private static final List<String> WORDS = List.of(NONE, ANY, SUBSET);

    private SubsetsJson() {}

    static void write(Subsets subsets, ObjectNode json) {
        Fields.writeList(json, BY, subsets.by(), keys -> {
            var array = JsonNodeFactory.instance.arrayNode();
            keys.forEach(key -> array.add(TextNode.valueOf(key)));
            return array;
        });
        ObjectNode fallback = json.putObject(FALLBACK);
        if (subsets.fallback() instanceof Fallback.Subset subset) {
            write(fallback, SUBSET, subset.labels());
        } else {
            fallback.putObject(subsets.fallback() instanceof Fallback.Any ? ANY : NONE);
        }
    }

    static Subsets read(JsonNode json) {
        return new Subsets(
                Fields.list(json, BY, SubsetsJson::keys),
                Fields.optional(json, FALLBACK).map(SubsetsJson::fallback).orElseGet(Fallback.None::new));
    }

    private static SortedSet<String> keys(JsonNode json) {
        SortedSet<String> keys = new TreeSet<>();
        json.forEach(key -> keys.add(Fields.text(key)));
        return keys;
    }

    private static Fallback fallback(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, WORDS);
        return switch (choice.getKey()) {
            case SUBSET -> new Fallback.Subset(labels(json, SUBSET));
            case ANY -> new Fallback.Any();
            default -> new Fallback.None();
        };
    }

    /** Nothing for none. */
    static void write(ObjectNode json, String field, Labels labels) {
        if (!labels.isEmpty()) {
            ObjectNode object = json.putObject(field);
            labels.values().forEach(object::put);
        }
    }

    static Labels labels(JsonNode json, String field) {
        SortedMap<String, String> values = new TreeMap<>();
        Fields.optional(json, field)
                .ifPresent(object -> object.properties()
                        .forEach(label -> values.put(label.getKey(), Fields.text(label.getValue()))));
        return new Labels(values);
    }
}
