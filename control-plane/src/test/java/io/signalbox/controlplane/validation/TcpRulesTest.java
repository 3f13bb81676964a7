package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "'pools': [{'pool': 'p', 'weight': 1}, {'pool': 'q', 'weight': 1}, {'pool': 'p', 'weight':"
                        + " 2}];"
                        + "spec.pools[2].pool: \"p\", as in pools[0] (expected: each pool once)",
                "'pools': [{'pool': 'p', 'weight': 0}];"
                        + "spec.pools: weights whose sum is 0 (expected: weights whose sum is above 0)",
                "'pool': 'p', 'idleTimeout': '25h';"
                        + "spec.idleTimeout: 90000s (expected: a duration from 1ms to 86400s)"
            })
    void saysWhatIsWrong(String forward, String violation) throws Exception {
        assertThat(forward(forward)).containsExactly(violation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'pool': 'p', 'idleTimeout': '0s'",
                "'pool': 'p', 'idleTimeout': '24h'",
                "'pools': [{'pool': 'p', 'weight': 0}, {'pool': 'q', 'weight': 1}]",
                "'pools': [{'pool': 'p', 'subset': {'v': '1'}}, {'pool': 'p', 'subset': {'v': '2'}}, {'pool': 'p'}]"
            })
    void takesWhatMakesSense(String forward) throws Exception {
        assertThat(forward(forward)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "'trust': {'hops': 1};" + "spec.trust: it stands beside tcp (expected: http or https beside it)",
                "'redirectToHttps': {};"
                        + "spec.redirectToHttps: it stands beside tcp (expected: http or https beside it)",
                "'http2': {'maxConcurrentStreams': 7};"
                        + "spec.http2: it stands beside tcp (expected: http or https beside it)",
                "'rateLimit': {'requests': 1, 'per': '1s'};"
                        + "spec.rateLimit: it stands beside tcp (expected: http or https beside it)",
                "'maxRequestBody': {'bytes': 10};"
                        + "spec.maxRequestBody: it stands beside tcp (expected: http or https beside it)",
                "'authorization': {'pool': 'p'};"
                        + "spec.authorization: it stands beside tcp (expected: http or https beside it)",
                "'compression': {};" + "spec.compression: it stands beside tcp (expected: http or https beside it)",
                "'idleTimeout': '5s';" + "spec.idleTimeout: it stands beside tcp (expected: http or https beside it)",
                "'requestHeaders': {'remove': ['x-a']};"
                        + "spec.requestHeaders: it stands beside tcp (expected: http or https beside it)",
                "'responseHeaders': {'remove': ['x-a']};"
                        + "spec.responseHeaders: it stands beside tcp (expected: http or https beside it)",
                "'accessLog': {'minimumStatus': 400};"
                        + "spec.accessLog.minimumStatus: 400 beside tcp (expected: http or https beside it, as"
                        + " connections have no status)"
            })
    void saysWhatIsForRequests(String field, String violation) throws Exception {
        assertThat(beside(field, Config.EMPTY)).containsExactly(violation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'accessLog': {}", "'proxyProtocol': {}", "'connectionLimit': {'connections': 5}"})
    void takesWhatIsForConnections(String field) throws Exception {
        assertThat(beside(field, Config.EMPTY)).isEmpty();
    }

    @Test
    void routesNameNoListenerForTcp() throws Exception {
        Config config = new ConfigDraft()
                .pool("p", 80)
                .route(RouteDraft.named("r").forward("p").listeners("edge"))
                .route(RouteDraft.named("everywhere").forward("p"))
                .config();
        assertThat(beside("'accessLog': {}", config))
                .containsExactly(
                        "spec.tcp: named by routes/r (expected: http or https, as long as routes and virtual hosts name the listener)");
    }

    private static List<String> forward(String fields) throws Exception {
        ListenerSpec.Tcp tcp =
                (ListenerSpec.Tcp) SpecText.listener("'tcp': {" + fields + "}").protocol();
        return SpecText.found(findings -> TcpRules.check(tcp.forward(), findings));
    }

    private static List<String> beside(String field, Config config) throws Exception {
        ListenerSpec listener = SpecText.listener("'tcp': {'pool': 'p'}, " + field);
        return SpecText.found(findings -> TcpRules.checkBeside("edge", listener, config, findings));
    }
}
