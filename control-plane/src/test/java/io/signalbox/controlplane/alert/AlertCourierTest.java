package io.signalbox.controlplane.alert;

import static io.signalbox.controlplane.alert.Canaries.at;
import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.alert.AlertCourier.Sources;
import io.signalbox.controlplane.alert.Receiver.Message;
import io.signalbox.controlplane.alert.Webhook.Authors;
import io.signalbox.controlplane.change.ChangeRequest;
import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.store.AlertOutbox;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas with clocks that tests move, and a receiver that answers as it is told. */
final class AlertCourierTest {
    private static final SigningSecret SECRET =
            SigningSecret.parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final SigningSecret NEXT_SECRET =
            SigningSecret.parse("whsec_HxwdHhsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=");

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica other;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        one = Replica.of(postgres.database());
        other = Replica.of(postgres.database());
        receiver = Receiver.start();
        one.applied(put(pool("v1"), IS_NEW, port(1)), put(pool("v2"), IS_NEW, port(2)));
        one.applied(put(Canaries.key("c"), IS_NEW, at("initialized", 0)));
    }

    @AfterEach
    void stop() {
        receiver.close();
        one.close();
        other.close();
    }

    private Webhook webhook(Authors authors, SigningSecret... secrets) {
        return new Webhook("on-call", receiver.url(), authors, List.of(secrets));
    }

    /** Has begun. */
    private AlertCourier courier(Replica replica) {
        return courier(replica, webhook(Authors.SIGNALBOX, SECRET));
    }

    private static AlertCourier courier(Replica replica, Webhook webhook) {
        Sources sources = new Sources(
                replica.history, outbox(replica), () -> replica.head.refresh().revision());
        AlertCourier courier = new AlertCourier(webhook, sources, new WebhookSender(), replica.clock);
        courier.begin();
        return courier;
    }

    private static AlertOutbox outbox(Replica replica) {
        return new AlertOutbox(replica.database);
    }

    /** As the server does it. */
    private long moves(CanarySpec to) {
        return moves(to, Principal.SIGNALBOX);
    }

    private long moves(CanarySpec to, Principal author) {
        one.head.refresh();
        Outcome outcome = one.changes.apply(new ChangeRequest(
                List.of(put(Canaries.key("c"), EXISTS, to)), author, Optional.of("9 of 100 failed"), false));
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return ((Outcome.Applied) outcome).revision();
    }

    private void advance(Duration duration) {
        one.clock.advance(duration);
        other.clock.advance(duration);
    }

    private List<String> types() {
        return receiver.messages().stream().map(Message::type).toList();
    }

    @Test
    void tellsWhatTheServerDidSigned() {
        AlertCourier courier = courier(one);
        moves(at("progressing", 0), Principal.admin("alice"));
        long n = moves(at("failed", 0));

        courier.look();

        Message message = receiver.messages().get(0);
        assertThat(types()).containsExactly("canary.failed");
        assertThat(message.path()).isEqualTo("/alerts");
        assertThat(message.json().at("/data/revision").asLong()).isEqualTo(n);
        assertThat(message.json().at("/data/reason").asText()).isEqualTo("9 of 100 failed");
        assertThat(message.json().at("/data/before/weight").asInt()).isEqualTo(10);
        assertThat(message.sent()).isEqualTo(one.clock.instant());
        assertThat(message.signature()).isEqualTo(SECRET.sign(message.id(), message.sent(), message.body()));
        courier.look();
        assertThat(receiver.messages()).hasSize(1);
    }

    @Test
    void tellsWhatPeopleDidToWhoWantsToKnowAndSignsWithBothSecretsWhileTheyChange() {
        AlertCourier courier = courier(one, webhook(Authors.ALL, NEXT_SECRET, SECRET));
        moves(at("progressing", 0), Principal.admin("alice"));
        one.applied(put(pool("v1"), EXISTS, port(3)));
        moves(at("progressing", 0, 10), Principal.admin("alice"));

        courier.look();

        assertThat(types()).containsExactly("canary.started", "canary.held");
        Message message = receiver.messages().get(1);
        assertThat(message.json().at("/data/author").asText()).isEqualTo("alice");
        assertThat(message.signature())
                .isEqualTo(NEXT_SECRET.sign(message.id(), message.sent(), message.body()) + " "
                        + SECRET.sign(message.id(), message.sent(), message.body()));
    }

    @Test
    void triesAgainWithTheSameIdUntilItIsTaken() {
        AlertCourier courier = courier(one);
        receiver.answer(500, 302, 404);
        moves(at("progressing", 0));

        courier.look();
        courier.look();
        assertThat(receiver.messages()).hasSize(1);
        advance(Duration.ofSeconds(5).minusMillis(1));
        courier.look();
        assertThat(receiver.messages()).hasSize(1);
        advance(Duration.ofMillis(1));
        courier.look();
        assertThat(receiver.messages()).hasSize(2);
        advance(Duration.ofSeconds(10));
        courier.look();
        advance(Duration.ofSeconds(20));
        courier.look();
        advance(Duration.ofHours(1));
        courier.look();

        List<Message> messages = receiver.messages();
        assertThat(messages).hasSize(4).allSatisfy(message -> {
            assertThat(message.id()).isEqualTo(messages.get(0).id());
            assertThat(message.body()).isEqualTo(messages.get(0).body());
            assertThat(message.path()).as("no redirect is followed").isEqualTo("/alerts");
            assertThat(message.signature()).isEqualTo(SECRET.sign(message.id(), message.sent(), message.body()));
        });
        assertThat(messages)
                .extracting(Message::sent)
                .extracting(
                        sent -> Duration.between(messages.get(0).sent(), sent).toSeconds())
                .containsExactly(0L, 5L, 15L, 35L);
    }

    @Test
    void nobodyIsThereAndThenSomebodyIs() {
        receiver.close();
        AlertCourier courier = courier(one);
        moves(at("progressing", 0));

        courier.look();

        assertThat(outbox(one).claim("on-call", one.clock.instant().plusSeconds(5), one.clock.instant()))
                .hasValueSatisfying(alert -> assertThat(alert.attempts()).isEqualTo(2));
    }

    @Test
    void whatIsRefusedHoldsUpNothingThatIsNew() {
        AlertCourier courier = courier(one);
        receiver.answer(500);
        moves(at("progressing", 0));
        courier.look();
        moves(at("failed", 0));
        advance(Duration.ofSeconds(5));

        courier.look();

        assertThat(types()).containsExactly("canary.started", "canary.failed", "canary.started");
    }

    @Test
    void givesUpAfterADay() {
        AlertCourier courier = courier(one);
        moves(at("progressing", 0));
        advance(Duration.ofHours(24).minusSeconds(6));
        receiver.answer(500, 500);
        courier.look();
        advance(Duration.ofSeconds(5));
        courier.look();
        assertThat(receiver.messages()).hasSize(2);

        advance(Duration.ofDays(1));
        courier.look();

        assertThat(receiver.messages()).hasSize(2);
    }

    @Test
    void whoIsGoneIsNotToldAgain() {
        AlertCourier courier = courier(one);
        receiver.answer(410);
        moves(at("progressing", 0));
        courier.look();
        advance(Duration.ofHours(1));

        courier.look();

        assertThat(receiver.messages()).hasSize(1);
    }

    @Test
    void whatIsTooOldIsGivenUpWhicheverWebhookItIsFor() {
        AlertCourier courier = courier(one);
        receiver.answer(500);
        moves(at("progressing", 0));
        courier.look();
        advance(Duration.ofHours(24).minusSeconds(1));
        AlertCourier.giveUpOld(outbox(other), other.clock.instant());
        receiver.answer(500);
        courier.look();
        assertThat(receiver.messages()).as("it was still there").hasSize(2);

        moves(at("failed", 0));
        receiver.answer(500);
        courier.look();
        advance(Duration.ofHours(24));
        AlertCourier.giveUpOld(outbox(other), other.clock.instant());
        courier.look();

        assertThat(receiver.messages()).hasSize(3);
    }

    @Test
    void aNewWebhookHearsNoOldNewsAndAKnownOneWhatItMissed() {
        moves(at("progressing", 0));
        AlertCourier first = courier(one);
        first.look();
        assertThat(receiver.messages()).isEmpty();

        moves(at("progressing", 1));
        courier(other).look(); // after a restart, say
        assertThat(types()).containsExactly("canary.advanced");

        moves(at("failed", 1));
        advance(Duration.ofHours(24));
        moves(at("progressing", 0));
        courier(other).look();
        assertThat(types()).as("without what is too old").containsExactly("canary.advanced", "canary.started");
    }

    @Test
    void aReplicaThatDiesWhileItSendsIsNoLoss() {
        courier(one);
        long n = moves(at("progressing", 0));
        AlertOutbox outbox = outbox(one);
        AlertCourier survivor = courier(other);
        receiver.answer(500);
        survivor.look();
        advance(Duration.ofSeconds(5));
        assertThat(outbox.claim(
                        "on-call", one.clock.instant(), one.clock.instant().plus(AlertCourier.LEASE)))
                .hasValueSatisfying(alert -> assertThat(alert.revision()).isEqualTo(n));
        one.close();

        advance(AlertCourier.LEASE.minusMillis(1));
        survivor.look();
        assertThat(receiver.messages()).hasSize(1);
        advance(Duration.ofMillis(1));
        survivor.look();

        assertThat(types()).containsExactly("canary.started", "canary.started");
        assertThat(receiver.messages().get(1).id())
                .isEqualTo(receiver.messages().get(0).id());
    }

    @Test
    void aClaimThatHasRunOutChangesNothing() {
        AlertCourier courier = courier(one);
        receiver.answer(500);
        moves(at("progressing", 0));
        courier.look();
        advance(Duration.ofSeconds(5));
        AlertOutbox outbox = outbox(one);
        var now = one.clock.instant();
        var late = outbox.claim("on-call", now, now.plusSeconds(30)).orElseThrow();
        assertThat(outbox.claim("on-call", now.plusSeconds(30), now.plusSeconds(60)))
                .isPresent();

        outbox.putOff(late, now);

        assertThat(outbox.claim("on-call", now.plusSeconds(59), now)).isEmpty();
        assertThat(outbox.claim("on-call", now.plusSeconds(60), now)).isPresent();
    }

    @Test
    void ofSeveralReplicasOneTells() throws Exception {
        AlertCourier a = courier(one);
        AlertCourier b = courier(other);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 1; round <= 10; round++) {
                moves(at(round % 2 == 1 ? "progressing" : "failed", 0));
                List<Future<?>> both = new ArrayList<>();
                both.add(threads.submit(a::look));
                both.add(threads.submit(b::look));
                for (Future<?> each : both) {
                    each.get();
                }
                a.look(); // what was found only after both had looked for what is due
                assertThat(receiver.messages()).hasSize(round);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(receiver.messages()).extracting(Message::id).doesNotHaveDuplicates();
    }

    @Test
    void findsAllOfALongHistory() {
        AlertCourier courier = courier(one);
        for (int i = 0; i < 101; i++) {
            moves(at(i % 2 == 0 ? "progressing" : "failed", 0));
        }
        for (int looks = 0; looks < 8; looks++) {
            courier.look();
        }
        assertThat(receiver.messages())
                .extracting(message -> message.json().at("/data/revision").asLong())
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSize(101);
    }
}
