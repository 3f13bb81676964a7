package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.envoy.EnvoyBinary;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EnvoyProcessTest {
    private static final String STATIC = """
            admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
            static_resources:
              listeners:
              - name: edge
                address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: edge
                      http_filters:
                      - name: envoy.filters.http.router
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                      route_config:
                        virtual_hosts:
                        - {name: all, domains: ["*"], routes: [{match: {prefix: /}, direct_response: {status: 200}}]}
            """;

    @Test
    void tellsWhereItListensAndWhatItCounts() throws Exception {
        try (EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.find(), STATIC)) {
            envoy.awaitReady(Duration.ofSeconds(20));

            InetSocketAddress edge = envoy.awaitListener("edge", Duration.ofSeconds(20));

            assertThat(edge.getPort()).isPositive();
            assertThat(envoy.stat("listener_manager.total_listeners_active")).isEqualTo(1);
            assertThat(envoy.stat("no.such.stat")).isZero();
            assertThat(envoy.configDump().path("configs")).isNotEmpty();
        }
    }

    @Test
    void isGoneAfterClose() throws Exception {
        EnvoyProcess envoy = EnvoyProcess.start(EnvoyBinary.find(), STATIC);
        long pid = envoy.pid();

        envoy.close();

        assertThat(envoy.isAlive()).isFalse();
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void aRefusedBootstrapFailsWithEnvoysWords() throws Exception {
        EnvoyBinary binary = EnvoyBinary.find();
        assertThatThrownBy(() -> EnvoyProcess.start(binary, "nonsense: 1"))
                .isInstanceOf(LocalProcessException.class)
                .hasMessageContaining("nonsense");
    }
}
