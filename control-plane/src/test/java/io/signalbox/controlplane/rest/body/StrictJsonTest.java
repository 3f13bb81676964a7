package io.signalbox.controlplane.rest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.validation.Violation;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static StrictJson.Document parse(String text) throws InvalidBody {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> violations(String text) throws InvalidBody {
        return parse(text).violations().stream()
                .map(v -> v.field() + ": " + v.message())
                .toList();
    }

    @Test
    void readsWhatJsonCanSay() throws InvalidBody {
        JsonNode json =
                parse("{\"a\":[1,-2.5,true,null,\"x\\u00e9✓\"],\"b\":{}}").json();
        assertThat(json).hasToString("{\"a\":[1,-2.5,true,null,\"xé✓\"],\"b\":{}}");
    }

    @ParameterizedTest
    @CsvSource({"80.0,80", "8e1,80", "-0.0,0", "1E0,1", "9223372036854775807,9223372036854775807"})
    void anIntegerIsOneHoweverItIsWritten(String text, long value) throws InvalidBody {
        JsonNode json = parse(text).json();
        assertThat(json.isIntegralNumber()).isTrue();
        assertThat(json.longValue()).isEqualTo(value);
    }

    @Test
    void hugeNumbersAreReadAndStayHuge() throws InvalidBody {
        assertThat(parse("1" + "0".repeat(900)).json().canConvertToLong()).isFalse();
        assertThat(parse("1e300").json().isIntegralNumber()).isFalse();
        assertThat(violations("{\"a\":1e999999999}"))
                .containsExactly("a: 1e999999999 (expected: a number of a size that can be kept)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1}}",
                "{} {}",
                "{a:1}",
                "{'a':1}",
                "NaN",
                "01",
                "+1",
                "// c\n1",
                "\"\u0001\"",
                "\ufeff{}",
                "\"\\x\"",
                "nul"
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String text) {
        assertThatExceptionOfType(InvalidBody.class)
                .isThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.violation().field()).isEmpty());
    }

    @Test
    void aSyntaxErrorHasLineAndColumn() {
        assertThatExceptionOfType(InvalidBody.class)
                .isThrownBy(() -> parse("{\n  \"a\": ,\n}"))
                .satisfies(e -> assertThat(e.violation().found())
                        .startsWith("Unexpected character (',' (code 44))")
                        .endsWith("at line 2, column 8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1"})
    void onlyUtf8IsRead(String charset) {
        byte[] bytes = "{\"a\":\"é\"}".getBytes(Charset.forName(charset));
        assertThatExceptionOfType(InvalidBody.class).isThrownBy(() -> StrictJson.parse(bytes));
    }

    @Test
    void everyKeyThatComesTwiceIsTold() throws InvalidBody {
        assertThat(violations("{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":{\"x\":1},\"\\u0061\":3}"))
                .containsExactly(
                        "b.c: the same key again (expected: each key once)",
                        "a: the same key again (expected: each key once)",
                        "a: the same key again (expected: each key once)");
    }

    @Test
    void textThatPostgresCannotKeepIsTold() throws InvalidBody {
        assertThat(violations("{\"a\":\"x\\u0000\",\"b\":[\"\\ud800\"],\"d\":\"\\ud83d\\ude00\"}"))
                .containsExactly(
                        "a: the character U+0000 (expected: text without it)",
                        "b[0]: half of a surrogate pair (expected: Unicode text)");
    }

    @Test
    void nestingHasALimit() throws InvalidBody {
        int most = StrictJson.DEEPEST;
        assertThat(parse("[".repeat(most) + "]".repeat(most)).violations()).isEmpty();
        for (int levels : List.of(most + 1, 500_000)) {
            assertThatExceptionOfType(InvalidBody.class)
                    .isThrownBy(() -> parse("[".repeat(levels) + "]".repeat(levels)))
                    .satisfies(e -> assertThat(e.violation())
                            .extracting(Violation::found, Violation::expected)
                            .containsExactly("more levels at line 1, column 33", "at most 32 levels"));
        }
    }
}
