package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What visitors of an Envoy and of a Java plane saw, and what the report on the experiment says. */
class ExperimentReportTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VISITORS = 60;
    private static final String FORCE = "experiment=b";

    /** What clients were answered by one variant. */
    private record Seen(long visitors, long requests, long errors, long forced, long forcedErrors) {
        static final Seen NOTHING = new Seen(0, 0, 0, 0, 0);

        Seen plus(Seen other) {
            return new Seen(
                    visitors + other.visitors,
                    requests + other.requests,
                    errors + other.errors,
                    forced + other.forced,
                    forcedErrors + other.forcedErrors);
        }
    }

    /** Whether requests of those who come again are. */
    private boolean counted = true;

    private final Map<String, Seen> seen = new TreeMap<>(Map.of("control", Seen.NOTHING, "b", Seen.NOTHING));

    @Test
    void theReportHasWhatClientsSawAndASkewedCountRaisesTheAlarmOnce(@TempDir Path directory) throws Exception {
        try (LocalServer server = LocalServer.start(directory);
                Proxies proxies = Proxies.start(server.xds());
                EchoBackend control = EchoBackend.start("control");
                EchoBackend b = EchoBackend.start("b")) {
            ApiClient api = server.api();
            configure(api, proxies, control, b);
            b.fail(0.3, 500);
            for (RawHttpClient proxy : proxies.clients()) {
                for (int i = 0; i < VISITORS; i++) {
                    visit(proxy);
                }
                visit(proxy, FORCE);
            }
            assertThat(seen)
                    .hasEntrySatisfying("b", of -> assertThat(of.errors).isPositive())
                    .hasEntrySatisfying("control", of -> assertThat(of.errors).isZero());
            awaitReport(api);
            assertThat(report(api).at("/sampleRatio/verdict").asText()).isEqualTo("as-expected");
            assertThat(report(api).at("/nodes/reporting"))
                    .extracting(JsonNode::asText)
                    .containsExactly("envoy", "java");
            assertThat(report(api).at("/nodes/silent")).isEmpty();

            skew(proxies.clients());
            awaitReport(api);
            await().atMost(Proxies.PATIENCE)
                    .until(() ->
                            api.get("experiments", "e").body().at("/status").has("sampleRatioMismatchAt"));

            assertThat(report(api).at("/sampleRatio/verdict").asText()).isEqualTo("mismatch");
            assertThat(report(api).at("/phase").asText()).isEqualTo("running");
            skew(proxies.clients());
            awaitReport(api);
            assertThat(alarms(api)).isEqualTo(1);

            api.patch("experiments", "e", json("{'counted':0}"), "");
            awaitServed(api, proxies, "/counted");
            counted = false;
            for (RawHttpClient proxy : proxies.clients()) {
                visit(proxy);
                visit(proxy, FORCE);
            }
            awaitReport(api);
        }
    }

    private static void configure(ApiClient api, Proxies proxies, EchoBackend control, EchoBackend b) throws Exception {
        String listener = "{'address':'127.0.0.1','port':%d,'http':{},"
                + "'trust':{'networks':['127.0.0.1/32'],'headers':['x-request-id']}}";
        api.put("listeners", "edge", json(listener.formatted(proxies.listenerPort())), Expect.ABSENT);
        api.put("pools", "control", Specs.pool(control), Expect.ABSENT);
        api.put("pools", "b", Specs.pool(b), Expect.ABSENT);
        api.put("routes", "shop", Specs.forward("/shop", "control"), Expect.ABSENT);
        String experiment = "{'routes':['shop'],'layer':'checkout-ui','counted':100,"
                + "'variants':[{'name':'control'},{'name':'b','pool':'b'}],'cookie':{'name':'experiment'}}";
        api.put("experiments", "e", json(experiment), Expect.ABSENT);
        api.post("/api/v1/experiments/e:start");
        awaitServed(api, proxies, "/warm");
    }

    private static void awaitServed(ApiClient api, Proxies proxies, String path) throws Exception {
        long revision = api.put("routes", path.substring(1), Specs.respond(path, "served"), Expect.ABSENT)
                .revision();
        proxies.awaitAcknowledged(api, revision);
        proxies.awaitAnswers(path, answer -> answer.status() == 200);
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** One who keeps cookies, and comes three times. */
    private void visit(RawHttpClient proxy) throws IOException {
        RawResponse first = proxy.send(RawRequest.get(Specs.HOST, "/shop"));
        String cookie = first.header("set-cookie").orElseThrow().replaceFirst(";.*", "");
        String variant = first.backend().orElseThrow();
        add(variant, new Seen(1, 1, errors(first), 0, 0));
        for (int i = 0; i < 2; i++) {
            RawResponse again = proxy.send(RawRequest.get(Specs.HOST, "/shop").with("cookie", cookie));
            assertThat(again.backend()).contains(variant);
            if (counted) {
                add(variant, new Seen(0, 1, errors(again), 0, 0));
            }
        }
    }

    private void visit(RawHttpClient proxy, String force) throws IOException {
        RawResponse forced = proxy.send(RawRequest.get(Specs.HOST, "/shop").with("cookie", force));
        add(forced.backend().orElseThrow(), new Seen(0, 0, 0, 1, errors(forced)));
    }

    /** What chance does not do: visitors who are all one. */
    private void skew(List<RawHttpClient> proxies) throws IOException {
        for (RawHttpClient proxy : proxies) {
            for (int i = 0; i < VISITORS; i++) {
                RawResponse answer =
                        proxy.send(RawRequest.get(Specs.HOST, "/shop").with("x-request-id", "u4"));
                add(answer.backend().orElseThrow(), new Seen(1, 1, errors(answer), 0, 0));
            }
        }
    }

    private static int errors(RawResponse answer) {
        return answer.status() >= 500 ? 1 : 0;
    }

    private void add(String variant, Seen more) {
        seen.merge(variant, more, Seen::plus);
    }

    private static JsonNode report(ApiClient api) {
        return api.get("/api/v1/experiments/e/report").body();
    }

    private void awaitReport(ApiClient api) {
        await().atMost(Proxies.PATIENCE)
                .untilAsserted(() -> assertThat(reported(report(api))).isEqualTo(seen));
        for (JsonNode variant : report(api).path("variants")) {
            assertThat(variant.at("/assigned/p99").asDouble()).isPositive();
        }
    }

    private static Map<String, Seen> reported(JsonNode report) {
        Map<String, Seen> reported = new TreeMap<>();
        for (JsonNode variant : report.path("variants")) {
            reported.put(
                    variant.path("name").asText(),
                    new Seen(
                            variant.path("visitors").asLong(),
                            variant.at("/assigned/requests").asLong(),
                            variant.at("/assigned/errors").asLong(),
                            variant.at("/forced/requests").asLong(),
                            variant.at("/forced/errors").asLong()));
        }
        return reported;
    }

    private static long alarms(ApiClient api) {
        long alarms = 0;
        for (JsonNode revision : api.send("GET", "/api/v1/revisions", Optional.empty(), Map.of())
                .body()
                .path("items")) {
            alarms += revision.path("reason").asText().contains("do not come to the variants") ? 1 : 0;
        }
        return alarms;
    }
}
