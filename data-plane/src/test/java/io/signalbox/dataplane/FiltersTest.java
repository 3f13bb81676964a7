package io.signalbox.dataplane;

import static io.signalbox.dataplane.Bootstraps.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.local.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that pass filters before they are routed, told what to do by their route. */
class FiltersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final String ROUTES = """
            - match: {prefix: /four}
              route: {cluster: c}
              typed_per_filter_config:
                buffer: {"@type": type.googleapis.com/envoy.extensions.filters.http.buffer.v3.BufferPerRoute, buffer: {max_request_bytes: 4}}
            - match: {prefix: /ten}
              route: {cluster: c}
              typed_per_filter_config:
                buffer: {"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig}
            - match: {prefix: /off}
              route: {cluster: c}
              typed_per_filter_config:
                buffer: {"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true}
            - match: {prefix: /}
              route: {cluster: c}
            """;

    @Test
    void aRouteSaysHowLongABodyMayBe() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.answering(OK);
                TestProxy proxy = TestProxy.start(bootstrap(backend.port()))) {
            assertThat(status(proxy, "/four", 4)).isEqualTo(200);
            assertThat(status(proxy, "/four", 5)).isEqualTo(413);
            assertThat(status(proxy, "/ten", 10)).isEqualTo(200);
            assertThat(status(proxy, "/ten", 11)).isEqualTo(413);
        }
    }

    @Test
    void aFilterThatIsOffByDefaultDoesNothingWhereTheRouteIsSilent() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.answering(OK);
                TestProxy proxy = TestProxy.start(bootstrap(backend.port()))) {
            assertThat(status(proxy, "/", 11)).isEqualTo(200);
            assertThat(status(proxy, "/off", 11)).isEqualTo(200);
        }
    }

    @Test
    void whatWasBufferedHasALength() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    seen.complete(peer.readHead());
                    peer.write(OK);
                });
                TestProxy proxy = TestProxy.start(bootstrap(backend.port()))) {
            proxy.exchange("POST /ten HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

            assertThat(seen.get(5, TimeUnit.SECONDS))
                    .contains("content-length: 5\r\n")
                    .doesNotContain("transfer-encoding");
        }
    }

    /** The router takes the one header away that it reads; a route's own changes come after that. */
    @Test
    void anArmOfASplitSetsHeadersOfRequests() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    seen.complete(peer.readHead());
                    peer.write(OK);
                });
                TestProxy proxy = TestProxy.start(headers(backend.port(), appended("OVERWRITE_IF_EXISTS_OR_ADD")))) {
            proxy.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: client\r\n\r\n");

            assertThat(seen.get(5, TimeUnit.SECONDS))
                    .contains("x-a: arm\r\n")
                    .doesNotContain("client")
                    .doesNotContain("alt-stat-name");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {request_mutations: [{remove: x-a}]} | .request_mutations[0]: only append is supported
            {request_mutations: [{append: {header: {key: x-a, value: b}}}]} | .request_mutations[0].append.append_action: APPEND_IF_EXISTS_OR_ADD is not supported
            {request_mutations: [{append: {header: {key: x-a, value: b}, keep_empty_value: true}}]} | .request_mutations[0].append.keep_empty_value is not supported
            {request_mutations: [{append: {header: {key: x-a, value: "%START_TIME%"}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}}]} | .request_mutations[0].append.header.value: "%START_TIME%" is not supported
            {request_mutations: [{append: {header: {key: ":path", value: /}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}}]} | .request_mutations[0].append.header.key: ":path" is not supported
            {response_mutations: [{append: {header: {key: x-a, value: b}}}]} | .response_mutations is not supported
            {query_parameter_mutations: [{remove: a}]} | .query_parameter_mutations is not supported
            """)
    void otherChangesOfHeadersByAFilterAreRefused(String mutations, String problem) {
        assertThatThrownBy(() -> TestProxy.start(headers(1, mutations)))
                .hasStackTraceContaining("config.mutations" + problem);
    }

    private static String appended(String action) {
        String append = "{append: {header: {key: %s, value: %s}, append_action: %s}}";
        return "{request_mutations: [" + append.formatted("X-A", "arm", action) + ", "
                + append.formatted("x-envoy-upstream-alt-stat-name", "a.b", action) + "]}";
    }

    private static String headers(int port, String mutations) {
        String type = "type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation";
        String routes = """
                - match: {prefix: /}
                  route:
                    weighted_clusters:
                      clusters:
                      - name: c
                        weight: 1
                        typed_per_filter_config:
                          headers: {"@type": %sPerRoute, mutations: %s}
                """.formatted(type, mutations);
        String filter = "- {name: headers, disabled: true, typed_config: {\"@type\": " + type + "}}";
        return Bootstraps.plain(routes, cluster("c", port))
                .replaceFirst("( *)(- name: envoy.filters.http.router)", "$1" + filter + "\n$1$2");
    }

    @Test
    void aFilterOfARouteThatIsNotKnownIsRefused() {
        String routes = """
                - match: {prefix: /}
                  route: {cluster: c}
                  typed_per_filter_config:
                    odd: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                """;

        assertThatThrownBy(() -> TestProxy.start(Bootstraps.plain(routes, cluster("c", 1))))
                .hasStackTraceContaining("routes[0].typed_per_filter_config[\"odd\"]: config:"
                        + " type.googleapis.com/envoy.extensions.filters.http.router.v3.Router is not supported");
    }

    private static int status(TestProxy proxy, String path, int bytes) throws Exception {
        byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
        return proxy.client()
                .send(RawRequest.of("POST", "x", path).withBody(body))
                .status();
    }

    private static String bootstrap(int port) {
        String buffer = "- {name: buffer, disabled: true, typed_config: {\"@type\": type.googleapis.com/"
                + "envoy.extensions.filters.http.buffer.v3.Buffer, max_request_bytes: 10}}";
        return Bootstraps.plain(ROUTES, cluster("c", port))
                .replaceFirst("( *)(- name: envoy.filters.http.router)", "$1" + buffer + "\n$1$2");
    }
}
