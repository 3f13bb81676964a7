package io.signalbox.controlplane.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Spec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "POOL;{};{\"loadBalancing\":{\"roundRobin\":{}}}",
                "EXPERIMENT;{\"variants\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"hosts\":[\"A.test\"]};"
                        + "{\"hosts\":[\"a.test\"],\"population\":100,\"variants\":[{\"name\":\"a\",\"weight\":1},"
                        + "{\"name\":\"b\",\"weight\":1}],\"counted\":10}",
                "EXPERIMENT;{\"endsAt\":\"2030-01-01T01:00:00+01:00\",\"startsAt\":\"2029-01-01T00:00:00Z\",\"cookie\":{\"name\":\"c\"},"
                        + "\"variants\":[{\"name\":\"a\"},{\"requestHeaders\":{\"remove\":[\"X-A\"]},\"pool\":\"p\",\"weight\":0,\"name\":\"b\"}],"
                        + "\"counted\":2.50,\"population\":0.50,\"layer\":\"l\",\"routes\":[\"r\"]};"
                        + "{\"routes\":[\"r\"],\"layer\":\"l\",\"population\":0.5,\"variants\":[{\"name\":\"a\",\"weight\":1},"
                        + "{\"name\":\"b\",\"weight\":0,\"pool\":\"p\",\"requestHeaders\":{\"remove\":[\"x-a\"]}}],"
                        + "\"cookie\":{\"name\":\"c\"},\"counted\":2.5,\"startsAt\":\"2029-01-01T00:00:00Z\",\"endsAt\":\"2030-01-01T00:00:00Z\"}",
                "POOL;{\"endpoints\":[]};{\"loadBalancing\":{\"roundRobin\":{}}}",
                "POOL;{\"loadBalancing\":{\"leastRequest\":{}},\"endpoints\":[{\"address\":\"::1\",\"port\":1}]};"
                        + "{\"loadBalancing\":{\"leastRequest\":{}},\"endpoints\":[{\"address\":\"::1\",\"port\":1,\"weight\":1}]}",
                "POOL;{\"connectTimeout\":\"1.50s\",\"limits\":{\"requests\":7},\"loadBalancing\":{\"leastRequest\":"
                        + "{\"slowStart\":{\"window\":\"2m\"},\"choices\":3}}};"
                        + "{\"loadBalancing\":{\"leastRequest\":{\"choices\":3,\"slowStart\":{\"window\":\"120s\",\"aggression\":1.0,"
                        + "\"minWeightPercent\":10}}},\"connectTimeout\":\"1.5s\",\"limits\":{\"requests\":7}}",
                "POOL;{\"protocol\":\"auto\",\"tls\":{\"names\":[\"A.test\"],\"insecure\":{},\"certificate\":\"c\"},"
                        + "\"panicThreshold\":0,\"healthCheck\":{\"http\":{\"path\":\"/\"}},\"outlierDetection\":{\"consecutive5xx\":5},"
                        + "\"endpoints\":[{\"address\":\"a.test\",\"port\":1,\"drain\":true,\"priority\":1}]};"
                        + "{\"loadBalancing\":{\"roundRobin\":{}},\"protocol\":\"auto\",\"tls\":{\"insecure\":{},\"names\":[\"a.test\"],"
                        + "\"certificate\":\"c\"},\"healthCheck\":{\"http\":{\"path\":\"/\"},\"interval\":\"5s\",\"timeout\":\"1s\","
                        + "\"healthyThreshold\":2,\"unhealthyThreshold\":3},\"outlierDetection\":{\"consecutive5xx\":5},\"panicThreshold\":0,"
                        + "\"endpoints\":[{\"address\":\"a.test\",\"port\":1,\"weight\":1,\"priority\":1,\"drain\":true}]}",
                "POOL;{\"limits\":{},\"loadBalancing\":{\"random\":{}}};{\"loadBalancing\":{\"random\":{}}}",
                "LISTENER;{\"https\":{\"certificates\":[\"b\",\"a\"]},\"port\":443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":443,\"https\":{\"certificates\":[\"b\",\"a\"]}}",
                "LISTENER;{\"https\":{\"ciphers\":[\"AES128-SHA\"],\"maximumVersion\":\"1.2\",\"minimumVersion\":\"1.2\","
                        + "\"certificates\":[\"a\"]},\"port\":443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":443,\"https\":{\"certificates\":[\"a\"],\"maximumVersion\":\"1.2\","
                        + "\"ciphers\":[\"AES128-SHA\"]}}",
                "LISTENER;{\"https\":{\"certificates\":[\"a\"],\"minimumVersion\":\"1.3\",\"maximumVersion\":\"1.3\"},"
                        + "\"port\":443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":443,\"https\":{\"certificates\":[\"a\"],\"minimumVersion\":\"1.3\"}}",
                "LISTENER;{\"https\":{\"certificates\":[\"a\"],\"alpn\":[\"http/1.1\"],\"clientCertificates\":"
                        + "{\"trustedCertificates\":\"PEM\",\"header\":{}}},\"port\":443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":443,\"https\":{\"certificates\":[\"a\"],\"alpn\":[\"http/1.1\"],"
                        + "\"clientCertificates\":{\"trustedCertificates\":\"PEM\",\"required\":true,\"header\":{}}}}",
                "LISTENER;{\"https\":{\"certificates\":[\"a\"],\"clientCertificates\":{\"trustedCertificates\":\"PEM\","
                        + "\"required\":false,\"names\":[{\"dns\":\"A.test\"},{\"uri\":\"a:B\"},{\"uriPrefix\":\"b:\"}],"
                        + "\"header\":{\"details\":[\"uri\",\"certificate\"]}}},\"port\":443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":443,\"https\":{\"certificates\":[\"a\"],"
                        + "\"clientCertificates\":{\"trustedCertificates\":\"PEM\",\"required\":false,"
                        + "\"names\":[{\"dns\":\"a.test\"},{\"uri\":\"a:B\"},{\"uriPrefix\":\"b:\"}],"
                        + "\"header\":{\"details\":[\"uri\",\"certificate\"]}}}}",
                "LISTENER;{\"http\":{},\"port\":80,\"address\":\"::\"};{\"address\":\"::\",\"port\":80,\"http\":{}}",
                "LISTENER;{\"http\":{},\"port\":80,\"address\":\"::\",\"trust\":{\"headers\":[\"X-Country-Code\"],\"networks\":"
                        + "[\"10.0.0.0/8\"]},\"redirectToHttps\":{},\"http2\":{\"enabled\":false}};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"trust\":{\"networks\":[\"10.0.0.0/8\"],\"headers\":"
                        + "[\"x-country-code\"]},\"redirectToHttps\":{\"status\":301,\"port\":443},\"http2\":{\"enabled\":false,"
                        + "\"maxConcurrentStreams\":100}}",
                "LISTENER;{\"tcp\":{\"pools\":[{\"pool\":\"db\"}],\"idleTimeout\":\"1h\",\"connectAttempts\":1},\"port\":1,"
                        + "\"address\":\"::\"};{\"address\":\"::\",\"port\":1,\"tcp\":{\"pool\":\"db\"}}",
                "LISTENER;{\"tcp\":{\"hash\":[{\"sourceIp\":{}}],\"connectAttempts\":2,\"idleTimeout\":\"0s\",\"pools\":"
                        + "[{\"weight\":0,\"pool\":\"a\"},{\"pool\":\"b\",\"subset\":{\"k\":\"v\"}}]},\"port\":1,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":1,\"tcp\":{\"pools\":[{\"pool\":\"a\",\"weight\":0},{\"pool\":\"b\","
                        + "\"weight\":1,\"subset\":{\"k\":\"v\"}}],\"idleTimeout\":\"0s\",\"connectAttempts\":2,\"hash\":"
                        + "[{\"sourceIp\":{}}]}}",
                "LISTENER;{\"https\":{\"passthrough\":[{\"pool\":\"db\",\"serverNames\":[\"DB.test\",\"*.Db.test\"]}],"
                        + "\"certificates\":[\"a\"]},\"port\":443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":443,\"https\":{\"certificates\":[\"a\"],\"passthrough\":[{\"serverNames\":"
                        + "[\"db.test\",\"*.db.test\"],\"pool\":\"db\"}]}}",
                "LISTENER;{\"http\":{},\"port\":80,\"address\":\"::\",\"trust\":{\"hops\":2},\"http2\":{}};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"trust\":{\"hops\":2}}",
                "ROUTE;{\"action\":{\"respond\":{\"status\":200}}};"
                        + "{\"hosts\":[\"*\"],\"priority\":0,\"match\":{\"path\":{\"prefix\":\"/\"}},\"action\":{\"respond\":{\"status\":200}}}",
                "ROUTE;{\"hosts\":[\"Shop.Example.COM\"],\"listeners\":[],\"match\":{\"methods\":[],\"headers\":"
                        + "[{\"name\":\"X-Debug\",\"present\":false}]},\"action\":{\"forward\":{\"pools\":[{\"pool\":\"a\"}]}}};"
                        + "{\"hosts\":[\"shop.example.com\"],\"priority\":0,\"match\":{\"path\":{\"prefix\":\"/\"},\"headers\":"
                        + "[{\"name\":\"x-debug\",\"present\":false,\"invert\":false}]},\"action\":{\"forward\":{\"pools\":[{\"pool\":\"a\",\"weight\":1}]}}}",
                "VIRTUAL_HOST;{\"hosts\":[\"A.test\"],\"unmatched\":{\"respond\":{\"status\":404}}};"
                        + "{\"hosts\":[\"a.test\"],\"unmatched\":{\"respond\":{\"status\":404}}}",
                "VIRTUAL_HOST;{\"hosts\":[\"*\"],\"listeners\":[\"edge\"],\"requestHeaders\":{},\"responseHeaders\":{\"remove\":[\"X-A\"],"
                        + "\"add\":[{\"name\":\"X-B\",\"value\":\"%%\"}],\"setIfPresent\":[{\"value\":\"1\",\"name\":\"x-c\"}]}};"
                        + "{\"hosts\":[\"*\"],\"listeners\":[\"edge\"],\"responseHeaders\":{\"setIfPresent\":[{\"name\":\"x-c\",\"value\":\"1\"}],"
                        + "\"add\":[{\"name\":\"x-b\",\"value\":\"%%\"}],\"remove\":[\"x-a\"]}}",
                "LISTENER;{\"http\":{},\"port\":80,\"address\":\"::\",\"accessLog\":{\"minimumStatus\":400,\"json\":{\"b\":\"%%\",\"a\":\"x\"}}};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"accessLog\":{\"json\":{\"a\":\"x\",\"b\":\"%%\"},\"minimumStatus\":400}}",
                "LISTENER;{\"idleTimeout\":\"0.25s\",\"http\":{},\"port\":80,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"idleTimeout\":\"250ms\"}",
                "LISTENER;{\"connectionLimit\":7,\"proxyProtocol\":{\"optional\":true},\"http\":{},\"port\":80,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"proxyProtocol\":{\"optional\":true},\"connectionLimit\":7}",
                "LISTENER;{\"https\":{\"http3\":{\"advertisedPort\":443},\"certificates\":[\"a\"]},\"port\":8443,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":8443,\"https\":{\"certificates\":[\"a\"],\"http3\":{\"advertisedPort\":443}}}",
                "LISTENER;{\"proxyProtocol\":{\"optional\":false},\"http\":{},\"port\":80,\"address\":\"::\"};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"proxyProtocol\":{}}",
                "LISTENER;{\"http\":{},\"port\":80,\"address\":\"::\",\"accessLog\":{}};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"accessLog\":{}}",
                "LISTENER;{\"http\":{},\"port\":80,\"address\":\"::\",\"requestHeaders\":{\"set\":[{\"name\":\"A\",\"value\":\"b\"}]}};"
                        + "{\"address\":\"::\",\"port\":80,\"http\":{},\"requestHeaders\":{\"set\":[{\"name\":\"a\",\"value\":\"b\"}]}}",
                "ROUTE;{\"action\":{\"forward\":{\"pools\":[{\"pool\":\"a\",\"responseHeaders\":{\"remove\":[\"b\"]}}]}},"
                        + "\"requestHeaders\":{\"setIfAbsent\":[{\"name\":\"c\",\"value\":\"d\"}]}};"
                        + "{\"hosts\":[\"*\"],\"priority\":0,\"match\":{\"path\":{\"prefix\":\"/\"}},\"action\":{\"forward\":{\"pools\":"
                        + "[{\"pool\":\"a\",\"weight\":1,\"responseHeaders\":{\"remove\":[\"b\"]}}]}},"
                        + "\"requestHeaders\":{\"setIfAbsent\":[{\"name\":\"c\",\"value\":\"d\"}]}}",
                "ROUTE;{\"match\":{\"path\":{\"rawPrefix\":\"/a\",\"ignoreCase\":true},\"headers\":[{\"name\":\"A\",\"range\":"
                        + "{\"from\":-1,\"to\":2},\"missingAsEmpty\":true}],\"cookies\":[{\"name\":\"c\",\"regex\":\"x\",\"ignoreCase\":true}],"
                        + "\"sources\":[\"10.0.0.0/8\"],\"grpc\":true,\"fraction\":{\"percent\":12.50,\"runtimeKey\":\"k\"}},"
                        + "\"action\":{\"forward\":{\"poolFromHeader\":{\"name\":\"X-P\",\"pools\":[\"a\"]},\"rewrite\":{\"path\":"
                        + "{\"prefix\":\"/\"},\"host\":{\"auto\":{},\"forwardOriginal\":true}}}}};"
                        + "{\"hosts\":[\"*\"],\"priority\":0,\"match\":{\"path\":{\"rawPrefix\":\"/a\",\"ignoreCase\":true},\"headers\":"
                        + "[{\"name\":\"a\",\"range\":{\"from\":-1,\"to\":2},\"invert\":false,\"missingAsEmpty\":true}],\"cookies\":"
                        + "[{\"name\":\"c\",\"regex\":\"x\",\"ignoreCase\":true}],\"sources\":[\"10.0.0.0/8\"],\"grpc\":true,\"fraction\":"
                        + "{\"percent\":12.5,\"runtimeKey\":\"k\"}},\"action\":{\"forward\":{\"poolFromHeader\":{\"name\":\"x-p\",\"pools\":[\"a\"]},"
                        + "\"rewrite\":{\"host\":{\"auto\":{},\"forwardOriginal\":true},\"path\":{\"prefix\":\"/\"}}}}}",
                "ROUTE;{\"match\":{\"path\":{\"template\":\"/{x}\"},\"fraction\":{\"percent\":100}},\"action\":{\"redirect\":{\"regex\":"
                        + "{\"pattern\":\"a\",\"substitution\":\"b\"}}}};"
                        + "{\"hosts\":[\"*\"],\"priority\":0,\"match\":{\"path\":{\"template\":\"/{x}\"},\"fraction\":{\"percent\":100}},"
                        + "\"action\":{\"redirect\":{\"regex\":{\"pattern\":\"a\",\"substitution\":\"b\"},\"status\":301,\"stripQuery\":false}}}",
                "ROUTE;{\"action\":{\"redirect\":{\"host\":\"a\"}}};"
                        + "{\"hosts\":[\"*\"],\"priority\":0,\"match\":{\"path\":{\"prefix\":\"/\"}},\"action\":{\"redirect\":{\"host\":\"a\",\"status\":301,\"stripQuery\":false}}}"
            })
    void writesDefaultsAndLeavesOutWhatIsEmpty(Kind kind, String given, String canonical)
            throws JsonProcessingException {
        Spec spec = ModelJson.fromJson(kind, json(given));
        assertThat(ModelJson.toJson(spec)).hasToString(json(canonical).toString());
        assertThat(ModelJson.fromJson(kind, ModelJson.toJson(spec))).isEqualTo(spec);
    }

    @Test
    void thePrivateKeyGoesInAndNeverOut() throws JsonProcessingException {
        JsonNode given = json("{\"chain\":\"c\",\"privateKey\":\"k\"}");
        PrivateKeyPem stored = new PrivateKeyPem("stored");
        Spec spec = ModelJson.fromJson(Kind.CERTIFICATE, given, Optional.of(stored));
        assertThat(spec).isEqualTo(new CertificateSpec("c", new PrivateKeyPem("k")));
        assertThat(ModelJson.toJson(spec)).hasToString("{\"chain\":\"c\"}");
        assertThat(ModelJson.fromJson(Kind.CERTIFICATE, ModelJson.toJson(spec), Optional.of(stored)))
                .isEqualTo(new CertificateSpec("c", stored));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelJson.fromJson(Kind.CERTIFICATE, json("{\"chain\":\"c\"}")));
    }

    @Test
    void aWrongShapeIsABugAndItsMessageTellsNoValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ModelJson.fromJson(Kind.CERTIFICATE, json("{\"chain\":\"c\",\"privateKey\":[\"secret\"]}")))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelJson.fromJson(
                        Kind.POOL, json("{\"endpoints\":[{\"address\":\"a\",\"port\":4294967376}]}")));
    }
}
