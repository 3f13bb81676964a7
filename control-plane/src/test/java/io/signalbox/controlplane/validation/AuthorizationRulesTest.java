package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.Authorization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "'timeout': '0s';spec.timeout: 0s (expected: a duration from 1ms to 60s)",
                "'timeout': '61s';spec.timeout: 61s (expected: a duration from 1ms to 60s)",
                "'requestHeaders': ['x-a', 'Host'];"
                        + "spec.requestHeaders[1]: \"host\" (expected: a header of the message, not one that says"
                        + " where it ends or how the connection is used)",
                "'upstreamHeaders': ['connection'];"
                        + "spec.upstreamHeaders[0]: \"connection\" (expected: a header of the message, not one that"
                        + " says where it ends or how the connection is used)",
                "'clientHeaders': ['content-length'];"
                        + "spec.clientHeaders[0]: \"content-length\" (expected: a header of the message, not one that"
                        + " says where it ends or how the connection is used)",
                "'requestHeaders': ['x-a', 'x-b', 'X-A'];"
                        + "spec.requestHeaders[2]: \"x-a\" for the second time (expected: each item once)"
            })
    void saysWhatIsWrong(String fields, String violation) throws Exception {
        assertThat(found(fields)).containsExactly(violation);
    }

    @Test
    void takesOneHeaderInEachList() throws Exception {
        assertThat(
                        found(
                                "'timeout': '60s', 'requestHeaders': ['x-a', 'cookie'], 'upstreamHeaders': ['x-a'], 'clientHeaders': ['x-a', 'set-cookie']"))
                .isEmpty();
    }

    private static List<String> found(String fields) throws Exception {
        Authorization authorization = SpecText.listener("'http': {}, 'authorization': {'pool': 'p', " + fields + "}")
                .edge()
                .authorization()
                .orElseThrow();
        return SpecText.found(findings -> AuthorizationRules.check(authorization, findings));
    }
}
