package io.signalbox.controlplane.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerParserTest {
    private static QueryAnswer parse(int status, String body) {
        return AnswerParser.parse(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static QueryAnswer data(String type, String result) {
        return parse(200, "{'status':'success','data':{'resultType':'" + type + "','result':" + result + "}}");
    }

    private static String why(QueryAnswer answer) {
        return ((QueryAnswer.Nothing) answer).why();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.31, 0.31", "-4, -4", "1e+06, 1000000", "1.5e-07, 0.00000015"})
    void oneSampleIsANumber(String text, double value) {
        QueryAnswer expected = new QueryAnswer.Value(value);
        assertThat(data("vector", "[{'metric':{'pool':'v2'},'value':[1767225600.5,'" + text + "']}]"))
                .isEqualTo(expected);
        assertThat(data("scalar", "[1767225600.5,'" + text + "']")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "+Inf", "-Inf"})
    void whatIsNoNumberIsNoAnswer(String text) {
        assertThat(why(data("scalar", "[1767225600.5,'" + text + "']")))
                .isEqualTo("the query gives " + text + " (expected: a number)");
    }

    @Test
    void thereIsOneSampleOrNoAnswer() {
        assertThat(why(data("vector", "[]"))).isEqualTo("the query gives no sample (expected: one)");
        assertThat(why(data("vector", "[{'value':[1,'1']},{'value':[1,'1']}]")))
                .isEqualTo("the query gives 2 samples (expected: one)");
        assertThat(why(data("vector", "[{'histogram':[1,{'count':'1'}]}]")))
                .isEqualTo("the query gives no number (expected: one)");
        assertThat(why(data("scalar", "[1,'1e999']"))).isEqualTo("the query gives no number (expected: one)");
        assertThat(why(data("matrix", "[]")))
                .isEqualTo("the query gives a matrix (expected: a scalar, or a vector of one sample)");
        assertThat(why(data("string", "[1,'1']"))).startsWith("the query gives a string");
    }

    @Test
    void whatIsWrongWithTheQueryIsTold() {
        assertThat(why(parse(400, "{'status':'error','errorType':'bad_data','error':'parse error: unexpected end'}")))
                .isEqualTo("Prometheus answered 400: parse error: unexpected end");
        assertThat(why(parse(422, "{'status':'error','errorType':'execution','error':'" + "x".repeat(300) + "'}")))
                .isEqualTo("Prometheus answered 422: " + "x".repeat(200) + "…");
        assertThat(why(parse(503, "no JSON"))).isEqualTo("Prometheus answered 503");
    }

    /** It may repeat what it was shown. */
    @Test
    void whatIsSaidByWhoLetsNobodyInIsNotTold() {
        assertThat(why(parse(401, "{'status':'error','error':'Bearer hush is wrong'}")))
                .isEqualTo("Prometheus answered 401");
        assertThat(why(parse(302, ""))).isEqualTo("Prometheus answered 302");
    }

    @ParameterizedTest
    @CsvSource({"''", "<html>", "{}", "[]", "null", "7", "{'status':'error'}", "{'status':'success'"})
    void whatIsNoneOfItsAnswersIsNone(String body) {
        assertThat(why(parse(200, body))).isEqualTo("Prometheus answered what is no answer of its API");
    }

    @Test
    void anAnswerWithoutDataIsNone() {
        assertThat(parse(200, "{'status':'success'}")).isInstanceOf(QueryAnswer.Nothing.class);
    }
}
