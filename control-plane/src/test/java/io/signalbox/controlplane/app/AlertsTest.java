package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.alert.Receiver;
import io.signalbox.controlplane.alert.SigningSecret;
import io.signalbox.controlplane.alert.Webhook;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.testkit.PostgresExtension;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two control planes on one database tell a webhook what becomes of canaries. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AlertsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.signalbox");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Receiver receiver;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ControlPlane one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ControlPlane other;

    @BeforeEach
    void start() throws Exception {
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        receiver = Receiver.start();
        one = startControlPlane();
        other = startControlPlane();
    }

    private ControlPlane startControlPlane() throws Exception {
        Webhook webhook = new Webhook(
                "on-call",
                URI.create(receiver.url() + "?key=capability"),
                Webhook.Authors.ALL,
                List.of(SigningSecret.parse("whsec_" + SECRET)));
        return ControlPlane.start(new ControlPlaneConfig(
                        Replica.address(postgres.database()),
                        new ControlPlaneConfig.Keyset(directory.resolve("keyset.json"), true),
                        new Address("127.0.0.1", 0),
                        new Address("127.0.0.1", 0),
                        List.of(Token.of("tests", "secret")))
                .withWebhooks(List.of(webhook)));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        receiver.close();
        ours.setLevel(null);
        root.detachAppender(log);
    }

    private ApiClient api() {
        return new ApiClient("http://127.0.0.1:" + one.restPort(), "secret");
    }

    private void create(String kind, String name, String spec) throws Exception {
        api().put(kind, name, JSON.readTree(spec.replace('\'', '"')), Expect.ABSENT);
    }

    private void act(String action) {
        assertThat(api().send("POST", "/api/v1/canaries/c:" + action, Optional.empty(), Map.of())
                        .status())
                .isEqualTo(200);
    }

    private void awaitTold(String... types) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(receiver.messages())
                        .extracting(Receiver.Message::type)
                        .containsExactly(types));
    }

    @Test
    void eachMoveIsToldOnceAlsoWhenAReplicaIsGoneAndNothingSecretIsLogged() throws Exception {
        create("pools", "v1", "{'endpoints':[]}");
        create("pools", "v2", "{'endpoints':[]}");
        create("canaries", "c", "{'stable':'v1','canary':'v2'}");
        act("start");
        awaitTold("canary.started");
        act("pause");
        awaitTold("canary.started", "canary.held");

        other.close();
        act("abort");

        awaitTold("canary.started", "canary.held", "canary.failed");
        act("start");
        assertThat(api().send("DELETE", "/api/v1/canaries/c", Optional.empty(), Map.of("If-Match", "*"))
                        .status())
                .isEqualTo(204);
        awaitTold("canary.started", "canary.held", "canary.failed", "canary.started", "canary.deleted");
        assertThat(receiver.messages())
                .extracting(message -> message.json().at("/data/name").asText())
                .containsOnly("c");
        assertThat(receiver.messages()).extracting(Receiver.Message::path).containsOnly("/alerts?key=capability");
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("Webhook on-call took the alert of revision 6"))
                .noneMatch(line -> line.contains(SECRET) || line.contains("capability"));
    }

    @Test
    void startAndStopOfAnExperimentAreToldToo() throws Exception {
        create("pools", "v1", "{'endpoints':[]}");
        create("routes", "r", "{'hosts':['a.test'],'action':{'forward':{'pools':[{'pool':'v1'}]}}}");
        create("experiments", "e", "{'routes':['r'],'variants':[{'name':'control'},{'name':'b'}]}");
        api().post("/api/v1/experiments/e:start");
        api().post("/api/v1/experiments/e:stop");

        awaitTold("experiment.started", "experiment.stopped");
        assertThat(receiver.messages())
                .extracting(message -> message.json().at("/data/phase").asText())
                .containsExactly("running", "stopped");
    }
}
