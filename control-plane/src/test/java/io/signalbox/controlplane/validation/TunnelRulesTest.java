package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.RouteSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT', 'GET']}, 'action': {'forward': {'pools':"
                        + " [{'pool': 'p'}], 'upgrades': ['connect']}}};"
                        + "spec.match.methods: CONNECT, GET (expected: CONNECT alone beside upgrades: [connect])",
                "{'hosts': ['*'], 'match': {}, 'action': {'forward': {'pools': [{'pool': 'p'}], 'upgrades':"
                        + " ['connect']}}};"
                        + "spec.match.methods: nothing (expected: CONNECT alone beside upgrades: [connect])",
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT'], 'path': {'prefix': '/a'}}, 'action':"
                        + " {'forward': {'pools': [{'pool': 'p'}], 'upgrades': ['connect']}}};"
                        + "spec.match.path: a condition (expected: none beside upgrades: [connect], as CONNECT has no"
                        + " path)",
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT'], 'query': [{'name': 'q', 'exact': '1'}]},"
                        + " 'action': {'forward': {'pools': [{'pool': 'p'}], 'upgrades': ['connect']}}};"
                        + "spec.match.query: a condition (expected: none beside upgrades: [connect], as CONNECT has no"
                        + " query)",
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT']}, 'action': {'forward':"
                        + " {'poolFromHeader': {'name': 'x-pool', 'pools': ['p']}, 'upgrades': ['connect']}}};"
                        + "spec.action.forward.poolFromHeader: a pool that a header names (expected: pools beside"
                        + " upgrades: [connect])",
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT']}, 'action': {'forward': {'pools':"
                        + " [{'pool': 'p'}], 'upgrades': ['connect'], 'rewrite': {'host': {'literal': 'a.test'}}}}};"
                        + "spec.action.forward.rewrite: a rewrite (expected: none beside upgrades: [connect], whose"
                        + " requests reach no server)",
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT']}, 'action': {'forward': {'pools':"
                        + " [{'pool': 'p'}], 'upgrades': ['connect'], 'retry': {'on': ['5xx']}}}};"
                        + "spec.action.forward.retry: retries (expected: none beside upgrades: [connect], whose"
                        + " requests reach no server)",
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT']}, 'action': {'forward': {'pools':"
                        + " [{'pool': 'p'}], 'upgrades': ['connect'], 'mirrors': [{'pool': 'q'}]}}};"
                        + "spec.action.forward.mirrors: mirrors (expected: none beside upgrades: [connect], whose"
                        + " requests reach no server)"
            })
    void saysWhatNoTunnelCanHave(String route, String violation) throws Exception {
        RouteSpec spec = SpecText.route(route);
        assertThat(SpecText.found(findings -> TunnelRules.check(spec, findings)))
                .containsExactly(violation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pools': [{'pool': 'p'}], 'upgrades': ['connect']}",
                "{'pools': [{'pool': 'p', 'weight': 1}, {'pool': 'q', 'weight': 2}], 'upgrades': ['connect', 'websocket']}"
            })
    void takesTunnels(String forward) throws Exception {
        RouteSpec spec = SpecText.route(
                "{'hosts': ['*'], 'match': {'methods': ['CONNECT']}, 'action': {'forward': " + forward + "}}");
        assertThat(SpecText.found(findings -> TunnelRules.check(spec, findings)))
                .isEmpty();
    }

    @Test
    void otherRoutesAreNoMatterOfIt() throws Exception {
        RouteSpec spec = SpecText.route(
                "{'hosts': ['*'], 'match': {'path': {'prefix': '/a'}}, 'action': {'forward': {'pools': [{'pool': 'p'}], 'rewrite': {'host': {'literal': 'a.test'}}}}}");
        assertThat(SpecText.found(findings -> TunnelRules.check(spec, findings)))
                .isEmpty();
    }
}
