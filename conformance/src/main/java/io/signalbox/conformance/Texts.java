package io.signalbox.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes every text of a map. */
final class Texts {
    private Texts() {}

    static Map<String, String> values(Map<String, String> values, UnaryOperator<String> texts) {
        Map<String, String> changed = new LinkedHashMap<>();
        values.forEach((name, value) -> changed.put(name, texts.apply(value)));
        return changed;
    }

    static Map<String, List<String>> lists(Map<String, List<String>> lists, UnaryOperator<String> texts) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        lists.forEach(
                (name, values) -> changed.put(name, values.stream().map(texts).toList()));
        return changed;
    }

    static Map<String, @Nullable List<String>> listsOrNulls(
            Map<String, @Nullable List<String>> lists, UnaryOperator<String> texts) {
        Map<String, @Nullable List<String>> changed = new LinkedHashMap<>();
        lists.forEach((name, values) -> changed.put(
                name, values == null ? null : values.stream().map(texts).toList()));
        return changed;
    }
}
