package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.RouteSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchRulesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/*",
                "/**",
                "/a/{x}.b",
                "/a/{x=b/**}/c/",
                "/{a}/{b}/{c}/{d}/{e}",
                "/a;b=%20/*c",
                "/a{x}",
                "/{x}.a/b",
                "/{x}.a/",
                "/v{x}.b/c{y=**}"
            })
    void templates(String template) throws Exception {
        assertThat(violations(
                        "{'path': {'template': '%s'}}".formatted(template), "'rewrite': {'path': {'template': '/'}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/a//b",
                "/a*",
                "/a*/b",
                "/{x}{y}",
                "/{x}-{y}",
                "/v{x=b/*}",
                "/*.a/b",
                "/*.a/",
                "/{x",
                "/x}",
                "/{}",
                "/{1}",
                "/{x}/{x}",
                "/{x=}",
                "/{x=/a}",
                "/{x=a/}",
                "/{x=*.a}",
                "/{x={y}}",
                "/{abcdefghijklmnopq}",
                "/**/*",
                "/**/{x}",
                "/***",
                "/{a}/{b}/{c}/{d}/{e}/{f}"
            })
    void whatIsNoTemplate(String template) throws Exception {
        assertThat(violations("{'path': {'template': '%s'}}".formatted(template), ""))
                .singleElement()
                .asString()
                .startsWith("spec.match.path.template: \"" + template + "\": ");
    }

    @Test
    void conditionsThatNeverFitOrSayNothing() throws Exception {
        String match = "{'headers': [{'name': 'a', 'range': {'from': 3, 'to': 3}},"
                + " {'name': 'b', 'present': true, 'missingAsEmpty': true}],"
                + " 'sources': ['10.0.0.0/8', '10.0.0.1/8', '10.0.0.0/8', '2001:DB8::/32', '2001:db8:0::/32', '::ffff:10.0.0.1', 'x', '1.2.3.4/33']}";
        assertThat(violations(match, ""))
                .containsExactly(
                        "spec.match.headers[0].range: 3 to 3 (expected: from below to, which is not part of it)",
                        "spec.match.headers[1].missingAsEmpty: true, beside present (expected: a condition on the value)",
                        "spec.match.sources[1]: \"10.0.0.1/8\", which is within 10.0.0.0/8 (expected: a network whose bits"
                                + " behind its prefix are 0)",
                        "spec.match.sources[2]: \"10.0.0.0/8\" again (expected: each network once)",
                        "spec.match.sources[4]: \"2001:db8:0::/32\" again (expected: each network once)",
                        "spec.match.sources[5]: \"::ffff:10.0.0.1\" (expected: a network such as 10.0.0.0/8 or 2001:db8::/32)",
                        "spec.match.sources[6]: \"x\" (expected: a network such as 10.0.0.0/8 or 2001:db8::/32)",
                        "spec.match.sources[7]: \"1.2.3.4/33\" (expected: a network such as 10.0.0.0/8 or 2001:db8::/32)");
    }

    @Test
    void rewritesFitThePath() throws Exception {
        assertThat(violations("{'path': {'exact': '/a'}}", "'rewrite': {'path': {'prefix': '/b'}}"))
                .containsExactly(
                        "spec.action.forward.rewrite.path.prefix: \"/b\" (expected: no prefix, as the route does"
                                + " not match a path prefix)");
        assertThat(violations("{'path': {'rawPrefix': '/a'}}", "'rewrite': {'path': {'prefix': '/b'}}"))
                .isEmpty();
        assertThat(violations("{}", "'rewrite': {'path': {'template': '/b'}}"))
                .containsExactly(
                        "spec.action.forward.rewrite.path.template: \"/b\" (expected: no template, as the route"
                                + " does not match one)");
        for (String template : List.of("/{y}", "/{x=*}", "//", "/a//{x}", "/{x", "/b*")) {
            assertThat(violations(
                            "{'path': {'template': '/{x}'}}",
                            "'rewrite': {'path': {'template': '%s'}}".formatted(template)))
                    .singleElement()
                    .asString()
                    .startsWith("spec.action.forward.rewrite.path.template: \"" + template + "\": ");
        }
    }

    @Test
    void substitutionsNameGroupsThatAreThere() throws Exception {
        String rewrite = "'rewrite': {'path': {'regex': {'pattern': '%s', 'substitution': '%s'}}}";
        for (String substitution : List.of("/", "", "/\\\\0\\\\1", "\\\\\\\\1")) {
            assertThat(violations("{}", rewrite.formatted("a(b)", substitution)))
                    .isEmpty();
        }
        for (String substitution : List.of("/\\\\2", "\\\\x", "/\\\\")) {
            assertThat(violations("{}", rewrite.formatted("a(b)", substitution)))
                    .singleElement()
                    .asString()
                    .startsWith("spec.action.forward.rewrite.path.regex.substitution: ");
        }
        assertThat(violations("{}", rewrite.formatted("(", "/\\\\1")))
                .singleElement()
                .asString()
                .startsWith("spec.action.forward.rewrite.path.regex.pattern: ");
    }

    private static List<String> violations(String match, String forward) throws JsonProcessingException {
        String text = "{'match': %s, 'action': {'forward': {'pools': [{'pool': 'p'}]%s}}}"
                .formatted(match, forward.isEmpty() ? "" : ", " + forward)
                .replace('\'', '"');
        RouteSpec route = (RouteSpec) ModelJson.fromJson(Kind.ROUTE, JSON.readTree(text));
        List<Violation> violations = new ArrayList<>();
        RouteRules.check(route, Instant.EPOCH, Findings.into(violations, "spec"));
        return violations.stream()
                .map(violation ->
                        violation.field() + ": " + violation.found() + " (expected: " + violation.expected() + ")")
                .toList();
    }
}
