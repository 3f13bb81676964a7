package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.AccessLog;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.HeaderChanges.Value;
import io.signalbox.controlplane.model.HeaderEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
    private static List<String> check(HeaderEdits edits) {
        List<Violation> violations = new ArrayList<>();
        HeaderRules.check(edits, Findings.into(violations, "spec"));
        return violations.stream()
                .map(violation -> violation.field() + ": " + violation.message())
                .toList();
    }

    private static List<String> ofValue(String value) {
        return check(new HeaderEdits(set(value), set(value)));
    }

    private static HeaderChanges set(String value) {
        return new HeaderChanges(List.of(new Value("x", value)), List.of(), List.of(), List.of(), List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "100%%",
                "%%%PROTOCOL%%%",
                "%REQ(x)%",
                "%REQ(X-User?:authority):12%",
                "a%START_TIME%b",
                "%START_TIME()%",
                "%START_TIME(%Y-%m-%dT%H:%M:%E3SZ)%",
                "%DOWNSTREAM_REMOTE_ADDRESS%, %UPSTREAM_CLUSTER%"
            })
    void whatIsDocumentedIsTaken(String value) {
        assertThat(ofValue(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "5% off", "%REQ(x)", "%req(x)%", "a%%%", "%RESPONSE_FLAGS%", "%CEL(request.path)%"})
    void whatIsNotIsRefusedWithTheListOfWhatIs(String value) {
        assertThat(ofValue(value))
                .hasSize(2)
                .allSatisfy(violation -> assertThat(violation)
                        .contains("eaders.set[0].value: \"")
                        .contains("(expected: %% for a percent sign, or one of %REQ(NAME?OTHER):LENGTH%, ")
                        .contains("%UPSTREAM_CLUSTER%)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%REQ%            | the name of a header, or two with a ? between them, as %REQ(x-user?x-client)%",
                "%REQ()%          | the name of a header, or two with a ? between them, as %REQ(x-user?x-client)%",
                "%REQ(a?b?c)%     | the name of a header, or two with a ? between them, as %REQ(x-user?x-client)%",
                "%REQ(:status)%   | the name of a header, or two with a ? between them, as %REQ(x-user?x-client)%",
                "%REQ(x):0%       | a length from 1 to 9999, and only after %REQ(…) or %RESP(…)",
                "%PROTOCOL:3%     | a length from 1 to 9999, and only after %REQ(…) or %RESP(…)",
                "%PROTOCOL(x)%    | %PROTOCOL%, which takes no arguments",
                "%START_TIME(%Q)% | a time of %Y %m %d %b %a %H %M %S %E3S %E6S %3f %6f %9f %F %T %s and %%"
            })
    void argumentsAreLookedAt(String value, String expected) {
        assertThat(ofValue(value))
                .containsExactly(
                        "spec.requestHeaders.set[0].value: \"" + value + "\" (expected: " + expected + ")",
                        "spec.responseHeaders.set[0].value: \"" + value + "\" (expected: " + expected + ")");
    }

    @Test
    void theResponseIsNotThereYetWhileTheRequestIsChanged() {
        assertThat(ofValue("%RESP(x?y):3%"))
                .containsExactly("spec.requestHeaders.set[0].value: \"%RESP(x?y):3%\""
                        + " (expected: nothing of the response, which is not there yet)");
    }

    @Test
    void logsKnowMore() {
        List<Violation> violations = new ArrayList<>();
        AccessLog.Format text = new AccessLog.Text("%RESPONSE_CODE% %RESP(a)% %DURATION% %NONE%");
        AccessLogRules.check(new AccessLog(text, Optional.empty()), Findings.into(violations, "spec.accessLog"));
        AccessLog.Format json = new AccessLog.Json(new TreeMap<>(Map.of("a b", "%RESPONSE_CODE(1)%")));
        AccessLogRules.check(new AccessLog(json, Optional.empty()), Findings.into(violations, "spec.accessLog"));
        assertThat(violations)
                .extracting(Violation::field)
                .containsExactly("spec.accessLog.text", "spec.accessLog.json[\"a b\"]");
        assertThat(violations.get(0).expected()).endsWith("%RESPONSE_CODE%, %RESPONSE_FLAGS%, %UPSTREAM_HOST%");
        assertThat(ofValue("%RESPONSE_CODE%")).hasSize(2);
    }

    @Test
    void eachHeaderOnceAndNoneOfTheConnection() {
        List<Value> twice = List.of(new Value("x", "1"), new Value("te", "1"), new Value("x", "2"));
        HeaderChanges changes = new HeaderChanges(twice, List.of(), twice, twice, List.of("host", "content-length"));
        String connection =
                " (expected: a header of the message, not one that says where it ends or how the connection is used)";
        assertThat(check(new HeaderEdits(changes, HeaderChanges.NONE)))
                .containsExactlyInAnyOrder(
                        "spec.requestHeaders.set[1].name: \"te\"" + connection,
                        "spec.requestHeaders.set[2].name: \"x\", as in set[0] (expected: each header once)",
                        "spec.requestHeaders.setIfAbsent[1].name: \"te\"" + connection,
                        "spec.requestHeaders.setIfAbsent[2].name: \"x\", as in setIfAbsent[0] (expected: each header once)",
                        "spec.requestHeaders.add[1].name: \"te\"" + connection,
                        "spec.requestHeaders.remove[0]: \"host\""
                                + " (expected: another header; Envoy does not let it be changed so)",
                        "spec.requestHeaders.remove[1]: \"content-length\"" + connection);
    }
}
