package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrefixMapTest {
    @Test
    void findsNothingWhereNothingIs() {
        assertThat(PrefixMap.of(Map.of()).longest("/a")).isNull();
        assertThat(PrefixMap.of(Map.of("/ab", 1)).longest("/a")).isNull();
        assertThat(PrefixMap.of(Map.of("/ab", 1)).longest("")).isNull();
    }

    @Test
    void findsTheSameKeysAsLookingAtEachOfThem() {
        SeededDice dice = SeededDice.roll();
        for (int round = 0; round < 500; round++) {
            Map<String, String> entries = new HashMap<>();
            for (int i = dice.nextInt(12); i > 0; i--) {
                String key = text(dice);
                entries.put(key, key);
            }
            PrefixMap<String> map = PrefixMap.of(entries);
            for (int i = 0; i < 20; i++) {
                String text = text(dice);
                assertThat(longestFirst(map, text))
                        .as("%s in %s", text, entries.keySet())
                        .isEqualTo(expected(entries, text));
            }
        }
    }

    private static List<String> longestFirst(PrefixMap<String> map, String text) {
        List<String> found = new ArrayList<>();
        PrefixMap.@Nullable Entry<String> entry = map.longest(text);
        while (entry != null) {
            found.add(entry.value());
            entry = entry.shorter();
        }
        return found;
    }

    private static List<String> expected(Map<String, String> entries, String text) {
        return entries.keySet().stream()
                .filter(text::startsWith)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static String text(SeededDice dice) {
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(6); i > 0; i--) {
            text.append(dice.pick("a", "b", "/", "ab"));
        }
        return text.toString();
    }
}
