package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.delete;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static io.signalbox.controlplane.change.Changes.route;
import static io.signalbox.controlplane.change.Changes.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.store.Confirmation;
import io.signalbox.controlplane.store.Confirmation.State;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server does by itself: two replicas, clocks that tests move. */
final class DeadlinesTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica other;

    @BeforeEach
    void start() {
        one = Replica.of(postgres.database());
        other = Replica.of(postgres.database());
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private long unconfirmed(Change... changes) {
        ChangeRequest request = Replica.request(changes).confirmedWithin(Optional.of(TEN_MINUTES));
        return ((Outcome.Applied) one.changes.apply(request)).revision();
    }

    private void advance(Duration duration) {
        one.clock.advance(duration);
        other.clock.advance(duration);
    }

    private Confirmation confirmation(long n) {
        return one.confirmations.find(n).orElseThrow();
    }

    private Revision newest() {
        return one.history.list(OptionalLong.empty(), 1).get(0);
    }

    @Test
    void whatNobodyConfirmsIsReverted() {
        one.applied(put(pool("changed"), IS_NEW, port(1)), put(pool("deleted"), IS_NEW, port(1)));
        var before = one.head.get();
        long n = unconfirmed(
                put(pool("changed"), EXISTS, port(2)), put(pool("created"), IS_NEW, port(2)), delete(pool("deleted")));

        advance(TEN_MINUTES.minusMillis(1));
        other.deadlines.meet();
        assertThat(newest().n()).isEqualTo(n);
        assertThat(confirmation(n).state()).isEqualTo(State.PENDING);

        advance(Duration.ofMillis(1));
        other.deadlines.meet();

        assertThat(newest().n()).isEqualTo(n + 1);
        assertThat(newest().author()).isEqualTo("signalbox");
        assertThat(newest().reason()).contains("Revision 2 was not confirmed in time");
        assertThat(confirmation(n).state()).isEqualTo(State.REVERTED);
        assertThat(confirmation(n).revertedBy()).hasValue(n + 1);
        var after = one.head.refresh();
        assertThat(after.pools().keySet()).isEqualTo(before.pools().keySet());
        after.pools()
                .forEach((name, pool) -> assertThat(
                                before.find(pool(name)).orElseThrow().says(pool.labels(), pool.spec()))
                        .isTrue());
    }

    @Test
    void whatIsConfirmedStays() {
        long n = unconfirmed(put(pool("a"), IS_NEW, port(1)));

        assertThat(other.confirmations
                        .confirm(n, "ops", other.clock.instant())
                        .orElseThrow()
                        .state())
                .isEqualTo(State.CONFIRMED);
        advance(TEN_MINUTES);
        one.deadlines.meet();

        assertThat(newest().n()).isEqualTo(n);
        Confirmation again =
                one.confirmations.confirm(n, "late", one.clock.instant()).orElseThrow();
        assertThat(again.state()).isEqualTo(State.CONFIRMED);
        assertThat(again.confirmedBy()).hasValue("ops");
    }

    @Test
    void isTooLateToConfirmFromTheDeadlineOn() {
        long n = unconfirmed(put(pool("a"), IS_NEW, port(1)));
        advance(TEN_MINUTES);

        assertThat(one.confirmations
                        .confirm(n, "late", one.clock.instant())
                        .orElseThrow()
                        .state())
                .isEqualTo(State.PENDING);
        one.deadlines.meet();
        assertThat(confirmation(n).state()).isEqualTo(State.REVERTED);
    }

    @Test
    void whatWasWrittenAgainSinceIsKept() {
        one.applied(put(pool("a"), IS_NEW, port(1)), put(pool("b"), IS_NEW, port(1)));
        long n = unconfirmed(put(pool("a"), EXISTS, port(2)), put(pool("b"), EXISTS, port(2)));
        other.applied(put(pool("b"), EXISTS, port(3)));
        advance(TEN_MINUTES);

        one.deadlines.meet();

        assertThat(one.get(pool("a")).spec()).isEqualTo(port(1));
        assertThat(one.get(pool("b")).spec()).isEqualTo(port(3));
        assertThat(newest().reason()).contains("Revision 2 was not confirmed in time; kept, as written since: pools/b");
        assertThat(confirmation(n).state()).isEqualTo(State.REVERTED);
    }

    @Test
    void saysWhenNothingIsLeftToRevert() {
        long n = unconfirmed(put(pool("a"), IS_NEW, port(1)));
        one.applied(put(pool("a"), EXISTS, port(2)));
        advance(TEN_MINUTES);

        one.deadlines.meet();

        assertThat(newest().n()).isEqualTo(n + 1);
        assertThat(confirmation(n).state()).isEqualTo(State.FAILED);
        assertThat(confirmation(n).message().orElseThrow()).contains("nothing is left to revert");
    }

    @Test
    void aRevertThatIsNotValidLeavesThingsAsTheyAre() {
        long n = unconfirmed(put(pool("a"), IS_NEW, port(1)));
        one.applied(put(route("r"), IS_NEW, to("/", "a")));
        advance(TEN_MINUTES);

        one.deadlines.meet();

        assertThat(one.head.refresh().find(pool("a"))).isPresent();
        assertThat(confirmation(n).state()).isEqualTo(State.FAILED);
        assertThat(confirmation(n).message().orElseThrow()).contains("pools/a is referred to by routes/r");
    }

    @Test
    void aReplicaThatDiesBetweenClaimAndRevertIsNoLoss() {
        long n = unconfirmed(put(pool("a"), IS_NEW, port(1)));
        advance(TEN_MINUTES);
        assertThat(one.confirmations.claimOverdue(one.clock.instant())).containsExactly(n);
        one.close();

        try (Replica restarted = Replica.of(postgres.database())) {
            restarted.clock.advance(TEN_MINUTES);
            restarted.deadlines.meet();
            assertThat(restarted.head.get().pools()).isEmpty();
            assertThat(restarted.confirmations.find(n).orElseThrow().state()).isEqualTo(State.REVERTED);
        }
    }

    @Test
    void ofSeveralReplicasOneReverts() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                long n = unconfirmed(put(pool("a"), IS_NEW, port(1)));
                advance(TEN_MINUTES);
                List<Future<?>> both = new ArrayList<>();
                both.add(threads.submit(one.deadlines::meet));
                both.add(threads.submit(other.deadlines::meet));
                for (Future<?> each : both) {
                    each.get();
                }

                assertThat(newest().n()).isEqualTo(n + 1);
                assertThat(confirmation(n).revertedBy()).hasValue(n + 1);
                one.head.refresh();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static RouteSpec expiring(Instant when) {
        RouteSpec route = to("/", "a");
        return new RouteSpec(
                route.hosts(),
                route.listeners(),
                route.priority(),
                route.match(),
                route.action(),
                route.headers(),
                route.policies(),
                Optional.of(when));
    }

    @Test
    void aRouteGoesWhenItExpiresAndStaysWhenItGetsMoreTime() {
        Instant noon = one.clock.instant();
        one.applied(put(pool("a"), IS_NEW, port(1)));
        one.applied(
                put(route("first"), IS_NEW, expiring(noon.plusSeconds(60))),
                put(route("second"), IS_NEW, expiring(noon.plusSeconds(60))),
                put(route("stays"), IS_NEW, to("/", "a")));
        one.applied(put(route("second"), EXISTS, expiring(noon.plusSeconds(120))));
        other.head.refresh();

        advance(Duration.ofSeconds(59));
        other.deadlines.meet();
        assertThat(newest().n()).isEqualTo(3);
        advance(Duration.ofSeconds(1));
        other.deadlines.meet();
        one.deadlines.meet();

        assertThat(one.head.refresh().routes()).containsOnlyKeys("second", "stays");
        assertThat(newest())
                .isEqualTo(new Revision(4, "signalbox", Optional.of("Expired: routes/first"), newest().at()));
    }

    @Test
    void aRollbackDoesNotBringBackWhatHasExpired() {
        one.applied(put(pool("a"), IS_NEW, port(1)));
        one.applied(put(route("r"), IS_NEW, expiring(one.clock.instant().plusSeconds(60))));
        advance(Duration.ofSeconds(60));
        one.deadlines.meet();
        one.applied(put(pool("a"), EXISTS, port(2)));

        List<Change> back = new Rollback(one.history, one.clock).to(2, one.head.get());

        assertThat(back).extracting(Change::key).containsExactly(pool("a"));
    }
}
