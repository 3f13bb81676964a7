package io.signalbox.controlplane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.envoy.EnvoyBinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What validation takes, Envoy takes; and most of what it refuses, Envoy would have refused. */
class EnvoyAgreesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    void onRegexes() throws Exception {
        ObjectNode config = config();
        RegexRulesTest.accepted().forEach(regex -> addRoute(config, regex));
        assertThat(refusal(config)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.signalbox.controlplane.validation.RegexRulesTest#refused")
    void onBadRegexes(String regex) throws Exception {
        ObjectNode config = config();
        addRoute(config, regex);
        assertThat(refusal(config)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.signalbox.controlplane.validation.CertificateRulesTest#accepted")
    void onCertificates(String what, String chain, String key) throws Exception {
        ObjectNode config = config();
        setCertificate(config, chain, key);
        assertThat(refusal(config)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.signalbox.controlplane.validation.CertificateRulesTest#refusedAsByEnvoy")
    void onBadCertificates(String what, String chain, String key, List<String> violations) throws Exception {
        ObjectNode config = config();
        setCertificate(config, chain, key);
        assertThat(refusal(config)).isNotEmpty();
    }

    private static ObjectNode config() throws IOException {
        return (ObjectNode) JSON.readTree("""
                {"static_resources": {"listeners": [{"name": "l",
                  "address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}},
                  "filter_chains": [{"filters": [{"name": "http", "typed_config": {
                    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                    "stat_prefix": "x",
                    "http_filters": [{"name": "router", "typed_config": {
                      "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
                    "route_config": {"name": "r", "virtual_hosts": [{"name": "v", "domains": ["*"], "routes": []}]}}}]}]}]}}""");
    }

    private static ObjectNode filterChain(ObjectNode config) {
        return (ObjectNode) config.at("/static_resources/listeners/0/filter_chains/0");
    }

    /** With the raised limit on the size of its program, as {@code xds.resource} sends it where it matters. */
    private static void addRoute(ObjectNode config, String regex) {
        ArrayNode routes =
                (ArrayNode) filterChain(config).at("/filters/0/typed_config/route_config/virtual_hosts/0/routes");
        ObjectNode route = routes.addObject();
        ObjectNode matcher = route.putObject("match").putObject("safe_regex").put("regex", regex);
        matcher.putObject("google_re2").put("max_program_size", 1_000_000);
        route.putObject("direct_response").put("status", 200);
    }

    private static void setCertificate(ObjectNode config, String chain, String key) {
        ObjectNode certificate = filterChain(config)
                .putObject("transport_socket")
                .put("name", "tls")
                .putObject("typed_config")
                .put("@type", "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext")
                .putObject("common_tls_context")
                .putArray("tls_certificates")
                .addObject();
        certificate.putObject("certificate_chain").put("inline_string", chain);
        certificate.putObject("private_key").put("inline_string", key);
    }

    /** Envoy's words; empty if it takes the config. */
    private String refusal(ObjectNode config) throws Exception {
        Path file = directory.resolve("envoy.json");
        Files.write(file, JSON.writeValueAsBytes(config));
        Path log = directory.resolve("envoy.log");
        Process envoy = new ProcessBuilder(
                        EnvoyBinary.find().path().toString(),
                        "--mode",
                        "validate",
                        "-c",
                        file.toString(),
                        "-l",
                        "error",
                        "--disable-hot-restart")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(envoy.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return envoy.exitValue() == 0 ? "" : Files.readString(log, StandardCharsets.UTF_8);
    }
}
