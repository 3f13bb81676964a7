package io.signalbox.controlplane.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    private static final Map<String, String> LABELS = Map.of("team", "payments", "stage", "", "a.b/c", "1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "team=payments|true",
                "team=other|false",
                "team!=other|true",
                "team!=payments|false",
                "owner!=x|true",
                "team|true",
                "owner|false",
                "!owner|true",
                "!team|false",
                "stage=|true",
                "a.b/c=1,team=payments,stage|true",
                "team=payments,owner|false"
            })
    void allConditionsMustHold(String selector, boolean selected) {
        assertThat(LabelSelector.parse(selector).orElseThrow().test(LABELS)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", "a, b", "=b", "a==b", "a=b=c", "a b", "!a=b", "a!b", "é", "a=ü", "!!a"})
    void whatIsNoSelectorIsRefused(String selector) {
        assertThat(LabelSelector.parse(selector)).isEmpty();
    }
}
