package io.signalbox.controlplane.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTemplateTest {
    private static String fill(String text) {
        return new QueryTemplate(text).fill(variable -> "<" + variable.word() + ">");
    }

    @Test
    void eachPlaceIsFilled() {
        assertThat(
                        fill(
                                "rate(a{pool=\"{{ canary }}\"}[{{interval}}]) / rate(a{pool=\"{{  stable}}\"}[{{ interval }}])"))
                .isEqualTo("rate(a{pool=\"<canary>\"}[<interval>]) / rate(a{pool=\"<stable>\"}[<interval>])");
        assertThat(fill("up{job='{{ name }}'}")).isEqualTo("up{job='<name>'}");
    }

    @Test
    void whatIsFilledInIsTakenAsItIs() {
        assertThat(new QueryTemplate("{{ name }}").fill(variable -> "$0 {{ canary }} \\"))
                .isEqualTo("$0 {{ canary }} \\");
    }

    @Test
    void allThatStandsForNothingIsFound() {
        assertThat(new QueryTemplate("a{x=\"{{ target }}\", y=\"{{ CANARY }}\"} + {{}} + {{ canary }} + {{ name }")
                        .unknown())
                .containsExactly("{{ target }}", "{{ CANARY }}", "{{}}", "{{ name }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "sum by (le) (rate(a_bucket{path=~\"/x{2}\"}[1m]))",
                "a{pool=\"{{canary}}\"}",
                "a{x=\"}}\"}"
            })
    void bracesOfPromqlAreNoPlaces(String text) {
        assertThat(new QueryTemplate(text).unknown()).isEmpty();
    }
}
