package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PoolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolRulesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "{'connectTimeout':'61s'};spec.connectTimeout: 61s (expected: a duration from 1ms to 60s)",
                "{'connectTimeout':'0s'};spec.connectTimeout: 0s (expected: a duration from 1ms to 60s)",
                "{'loadBalancing':{'leastRequest':{'slowStart':{'window':'2h'}}}};"
                        + "spec.loadBalancing.leastRequest.slowStart.window: 7200s (expected: a duration from 1ms to 3600s)",
                "{'loadBalancing':{'ringHash':{'minimumSize':9,'maximumSize':8}}};"
                        + "spec.loadBalancing.ringHash.maximumSize: 8 (expected: at least the minimum size, 9)",
                "{'loadBalancing':{'maglev':{'tableSize':1000}}};"
                        + "spec.loadBalancing.maglev.tableSize: 1000 (expected: a prime number)",
                "{'protocol':'auto'};spec.protocol: auto without tls (expected: tls, in whose handshake the protocol is chosen)",
                "{'healthCheck':{'grpc':{}}};"
                        + "spec.healthCheck.grpc: a pool that speaks HTTP/1 (expected: protocol http2 or auto, as gRPC needs HTTP/2)",
                "{'healthCheck':{'tcp':{},'interval':'0ms'}};"
                        + "spec.healthCheck.interval: 0s (expected: a duration from 1ms to 3600s)",
                "{'outlierDetection':{}};"
                        + "spec.outlierDetection: no rule (expected: at least one of consecutive5xx, consecutiveGatewayFailures)",
                "{'tls':{'insecure':{},'names':['a']}};"
                        + "spec.tls.names: names, but no trusted certificates (expected: trustedCertificates to check them with)",
                "{'tls':{'trustedCertificates':'x'}};"
                        + "spec.tls.trustedCertificates: no CERTIFICATE block (expected: certificates in PEM)",
                "{'endpoints':[{'address':'a','port':1},{'address':'A','port':1}]};"
                        + "spec.endpoints[1]: the same address and port as endpoints[0] (expected: each endpoint once)",
                "{'localityWeights':[{'zone':'a','weight':1},{'zone':'a','weight':2}]};"
                        + "spec.localityWeights[1]: the locality of localityWeights[0] again (expected: each locality once)",
                "{'localityWeights':[{'zone':'a','weight':1}],"
                        + "'endpoints':[{'address':'10.0.0.1','port':1,'locality':{'region':'eu','zone':'b'}}]};"
                        + "spec.endpoints[0].locality: \"eu/b\" (expected: one of localityWeights, as a locality without a"
                        + " weight gets no request)",
                "{'endpoints':[{'address':'10.0.0.1','port':1},{'address':'10.0.0.2','port':1,'priority':2}]};"
                        + "spec.endpoints: no endpoint of priority 1 (expected: priorities from 0 on without a gap)"
            })
    void saysWhatIsWrong(String spec, String violation) throws Exception {
        PoolSpec pool = (PoolSpec) ModelJson.fromJson(Kind.POOL, JSON.readTree(spec.replace('\'', '"')));
        List<Violation> violations = new ArrayList<>();
        PoolRules.check(pool, Findings.into(violations, "spec"));
        assertThat(violations).extracting(v -> v.field() + ": " + v.message()).containsExactly(violation);
    }
}
