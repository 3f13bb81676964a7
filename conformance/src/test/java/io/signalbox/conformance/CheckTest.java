package io.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.local.RawRequest.Header;
import io.signalbox.local.RawResponse;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final String ASKED =
            "{\"backend\":\"v1\",\"method\":\"GET\",\"path\":\"/a\",\"headers\":{\"x-a\":[\"1\",\"2\"]},\"bodyBytes\":0}";

    @Test
    void saysNothingWhenAllIsAsExpected() throws Exception {
        assertThat(differences(
                        "{pool: v1, headers: {x-gone: null}, upstream: {path: /a, headers: {x-a: ['1', '2'], x-b: null}}}",
                        from("v1")))
                .isEmpty();
        assertThat(differences("{status: 404}", own(404, ""))).isEmpty();
        assertThat(differences("{status: 200, body: hi}", own(200, "hi"))).isEmpty();
    }

    @Test
    void namesEveryDifference() throws Exception {
        assertThat(differences("{pool: v2, upstream: {method: POST, path: /b, headers: {x-a: '1'}}}", from("v1")))
                .containsExactly(
                        "GET /: answered by: v1 (expected: pool v2)",
                        "GET /: method seen upstream: GET (expected: POST)",
                        "GET /: path seen upstream: /a (expected: /b)",
                        "GET /: x-a seen upstream: [1, 2] (expected: [1])");
        assertThat(differences("{status: 301, location: /x, body: moved}", own(302, "found")))
                .containsExactly(
                        "GET /: status: 302 (expected: 301)",
                        "GET /: location: nothing (expected: /x)",
                        "GET /: body: found (expected: moved)");
    }

    @Test
    void aPoolMeansStatus200AndAStatusAloneMeansTheProxyItself() throws Exception {
        assertThat(differences("{pool: v1}", own(503, "")))
                .containsExactly(
                        "GET /: status: 503 (expected: 200)",
                        "GET /: answered by: the proxy itself (expected: pool v1)");
        assertThat(differences("{status: 200}", from("v1")))
                .containsExactly("GET /: answered by: v1 (expected: the proxy itself)");
    }

    @Test
    void knowsRefusalsFromAnswers() throws Exception {
        Proxy.Answer none = Proxy.Answer.none(new EOFException("ended"));

        assertThat(differences("{refused: true}", none)).isEmpty();
        assertThat(differences("{refused: true}", own(400, "")))
                .containsExactly("GET /: answered: status 400 (expected: no answer)");
        assertThat(differences("{status: 200}", none))
                .containsExactly("GET /: no answer: java.io.EOFException: ended (expected: an answer)");
    }

    @Test
    void countsShares() throws Exception {
        Proxy.Answer[] answers = {from("v1"), from("v1"), from("v1"), from("v2")};

        assertThat(differences("{share: {v1: 70, v2: 30}, tolerance: 5}", answers))
                .isEmpty();
        assertThat(differences("{share: {v1: 50, v2: 50}, tolerance: 20}", answers))
                .containsExactly(
                        "GET /: share of v1: 75.0 % (expected: 50.0 % ± 20.0)",
                        "GET /: share of v2: 25.0 % (expected: 50.0 % ± 20.0)");
    }

    @Test
    void tellsOneBackendFromSeveral() throws Exception {
        assertThat(differences("{pool: v1, sameBackend: true}", from("v1"), from("v1")))
                .isEmpty();
        assertThat(differences("{status: 200, sameBackend: true, pool: v1}", from("v1"), own(200, "")))
                .contains("GET /: answered by: the proxy itself, v1 (expected: one and the same backend)");
    }

    @Test
    void comparesAHeaderWithAnExpression() throws Exception {
        assertThat(differences("{pool: v1, headersLike: {x-backend: 'v[0-9]'}}", from("v1")))
                .isEmpty();
        assertThat(differences("{pool: v1, headersLike: {x-backend: 'v', x-other: .*}}", from("v1")))
                .containsExactly(
                        "GET /: x-backend: [v1] (expected: one line like v)",
                        "GET /: x-other: nothing (expected: one line like .*)");
    }

    @Test
    void aDifferenceOfManyAnswersIsToldOnce() throws Exception {
        assertThat(differences("{status: 404}", own(200, "a"), own(200, "b"), own(200, "c")))
                .hasSize(1);
    }

    private static List<String> differences(String expectation, Proxy.Answer... answers) throws Exception {
        String yaml = """
                name: A
                why: B
                docs: https://example.com/
                pools: [v1, v2]
                requests:
                  - path: /
                    expect: %s
                """.formatted(expectation);
        ConformanceCase testCase = CaseParser.parse("suite", "case", "file", yaml);
        try (Backends none = new Backends()) {
            CaseSetting setting = new CaseSetting(testCase, none, new Authorities());
            CaseTexts texts = new CaseTexts("run", 1, testCase, setting);
            CaseResources resources = new CaseResources(testCase, setting, texts);
            return Check.differences(testCase.requests().get(0), List.of(answers), resources);
        }
    }

    private static Proxy.Answer from(String backend) {
        return answer(200, ASKED, List.of(new Header("x-backend", backend)));
    }

    private static Proxy.Answer own(int status, String body) {
        return answer(status, body, new ArrayList<>());
    }

    private static Proxy.Answer answer(int status, String body, List<Header> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Proxy.Answer(
                Optional.of(new RawResponse(status, "", headers, bytes)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }
}
