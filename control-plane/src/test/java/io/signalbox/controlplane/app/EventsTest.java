package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.testkit.PostgresExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens is told while it happens. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ControlPlane controlPlane;

    @BeforeEach
    void start() throws Exception {
        controlPlane = ControlPlane.start(new ControlPlaneConfig(
                Replica.address(postgres.database()),
                new ControlPlaneConfig.Keyset(directory.resolve("keyset.json"), true),
                new Address("127.0.0.1", 0),
                new Address("127.0.0.1", 0),
                List.of(Token.of("tests", "secret"))));
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    private record Event(String type, Optional<String> id, JsonNode data) {}

    private HttpResponse<InputStream> open(String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + controlPlane.restPort() + "/api/v1/events"))
                .header("Authorization", "Bearer secret");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    }

    /** A client; it reads only when it is told to. */
    private final class Client implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;
        private final List<Event> seen = new ArrayList<>();

        Client(String... headers) throws Exception {
            response = open(headers);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo(": events of Signalbox");
        }

        Event until(Predicate<Event> wanted) throws IOException {
            Event event = next();
            while (!wanted.test(event)) {
                event = next();
            }
            return event;
        }

        private Event next() throws IOException {
            String type = "";
            Optional<String> id = Optional.empty();
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = Optional.of(line.substring(4));
                } else if (line.startsWith("data: ")) {
                    Event event = new Event(type, id, JSON.readTree(line.substring(6)));
                    seen.add(event);
                    return event;
                }
            }
            throw new AssertionError("the stream ended after " + seen);
        }

        List<String> ids() {
            return seen.stream().flatMap(event -> event.id().stream()).toList();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    private static Predicate<Event> revision(long n) {
        return event ->
                event.type().equals("revision") && event.data().path("revision").asLong() == n;
    }

    private ApiClient api() {
        return new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), "secret");
    }

    private long put(int port) {
        JsonNode spec = JSON.createObjectNode()
                .set(
                        "endpoints",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("address", "10.0.0.1")
                                        .put("port", port)));
        return api().put("pools", "a", spec, port == 1 ? Expect.ABSENT : Expect.PRESENT)
                .revision();
    }

    @Test
    void revisionsAndWhatNodesMakeOfThem() throws Exception {
        try (Client client = new Client()) {
            put(1);

            Event committed = client.until(revision(1));
            assertThat(committed.id()).hasValue("1");
            assertThat(committed.data().path("author").asText()).isEqualTo("tests");
            assertThat(committed.data().path("changes"))
                    .isEqualTo(JSON.readTree("[{\"kind\":\"pool\",\"name\":\"a\",\"result\":\"created\"}]"));

            try (AckingProxy proxy = new AckingProxy(controlPlane.xdsPort(), "edge-1")) {
                Event applied = client.until(event -> event.type().equals("applied")
                        && event.data().path("revision").asLong() == 1);
                assertThat(applied.id()).isEmpty();
                assertThat(applied.data().path("node").asText()).isEqualTo("edge-1");
                assertThat(proxy.clusters()).isEmpty();

                put(2);
                client.until(event -> event.type().equals("applied")
                        && event.data().path("revision").asLong() == 2);
                JsonNode propagation =
                        api().get("/api/v1/revisions/1/propagation").body();
                assertThat(propagation)
                        .isEqualTo(
                                JSON.readTree(
                                        "{\"revision\":1,\"applied\":true,\"nodes\":[{\"node\":\"edge-1\",\"state\":\"acknowledged\"}]}"));

                try (Client late = new Client()) {
                    Event state = late.until(event -> true);
                    assertThat(state.type()).isEqualTo("applied");
                    assertThat(state.data().path("revision").asLong()).isEqualTo(2);
                }
            }
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(api().get("/api/v1/revisions/1/propagation")
                                .body()
                                .path("nodes"))
                        .isEmpty());
    }

    @Test
    void whoComesAgainMissesNoRevisionAlsoAfterARestart() throws Exception {
        for (int port = 1; port <= 230; port++) {
            put(port);
        }
        stop();
        start();
        try (Client client = new Client("Last-Event-ID", "7")) {
            put(231);
            client.until(revision(231));

            assertThat(client.ids())
                    .containsExactlyElementsOf(LongStream.rangeClosed(8, 231)
                            .mapToObj(Long::toString)
                            .toList());
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsNobodyUp() throws Exception {
        try (Client slow = new Client();
                Client quick = new Client()) {
            for (int port = 1; port <= 50; port++) {
                put(port);
            }
            quick.until(revision(50));
            slow.until(revision(50));
            assertThat(slow.ids()).isEqualTo(quick.ids());
        }
    }

    @Test
    void whatIsNotConfirmedIsToldOf() throws Exception {
        try (Client client = new Client()) {
            JsonNode body = JSON.readTree("{\"spec\":{}}");
            api().send("PUT", "/api/v1/pools/a?confirmWithin=1s", Optional.of(body), Map.of("If-None-Match", "*"));

            Event reverted = client.until(revision(2));

            assertThat(reverted.data().path("author").asText()).isEqualTo("signalbox");
            assertThat(reverted.data().path("reason").asText()).contains("Revision 1 was not confirmed");
            Event settled = client.until(event -> event.type().equals("confirmation"));
            assertThat(settled.data())
                    .isEqualTo(JSON.readTree("{\"revision\":1,\"state\":\"reverted\",\"revertedBy\":2}"));
        }
        JsonNode confirmation = api().get("/api/v1/revisions/1").body().path("confirmation");
        assertThat(confirmation.path("state").asText()).isEqualTo("reverted");
        assertThat(api().send("POST", "/api/v1/revisions/1:confirm", Optional.empty(), Map.of())
                        .status())
                .isEqualTo(409);
    }

    private void create(String kind, String name, String spec) throws Exception {
        api().put(kind, name, JSON.readTree(spec.replace('\'', '"')), Expect.ABSENT);
    }

    @Test
    void whereCanariesGoIsToldBeforeTheRevisionThatMovesThem() throws Exception {
        create("pools", "v1", "{'endpoints':[]}");
        create("pools", "v2", "{'endpoints':[]}");
        create("canaries", "c", "{'stable':'v1','canary':'v2'}");
        try (Client client = new Client()) {
            assertThat(api().send("POST", "/api/v1/canaries/c:start", Optional.empty(), Map.of())
                            .status())
                    .isEqualTo(200);

            client.until(revision(4));
            assertThat(client.seen).extracting(Event::type).containsExactly("canary", "revision");
            Event canary = client.seen.get(0);
            assertThat(canary.id()).isEmpty();
            assertThat(canary.data().path("transition").asText()).isEqualTo("started");
            assertThat(canary.data().path("weight").asInt()).isEqualTo(5);
            assertThat(canary.data().at("/before/phase").asText()).isEqualTo("initialized");
            assertThat(canary.data().path("revision").asInt()).isEqualTo(4);
            assertThat(canary.data().path("author").asText()).isEqualTo("tests");
        }
        try (Client client = new Client("Last-Event-ID", "2")) {
            client.until(revision(4));
            assertThat(client.seen).extracting(Event::type).containsExactly("revision", "canary", "revision");
        }
    }

    @Test
    void anIdThatIsNoneIsRefusedAndTooManyStreamsAreToo() throws Exception {
        assertThat(open("Last-Event-ID", "yesterday").statusCode()).isEqualTo(400);
        assertThat(open("Last-Event-ID", "99").statusCode()).isEqualTo(400);
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                clients.add(new Client());
            }
            assertThat(open().statusCode()).isEqualTo(429);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void theControlPlaneStopsWhileClientsListen() throws Exception {
        try (Client client = new Client()) {
            controlPlane.close();
            assertThat(client.lines.lines().filter(line -> line.startsWith("data:")))
                    .isEmpty();
        }
    }
}
