package io.signalbox.controlplane.progress;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static io.signalbox.controlplane.change.Changes.route;
import static io.signalbox.controlplane.change.Changes.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.judge.Interval;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.progress.CanaryPlan.Situation;
import io.signalbox.controlplane.progress.LatencyWatch.Times;
import io.signalbox.controlplane.progress.LoadView.Observation;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server does with canaries by itself: two replicas, clocks that tests move. */
class CanaryControllerTest {
    private static final ResourceKey CANARY = new ResourceKey(Kind.CANARY, "c");
    private static final Interval GOOD = new Interval(new Outcomes(50, 0), new Outcomes(150, 0));
    private static final Interval BAD = new Interval(new Outcomes(50, 10), new Outcomes(150, 0));
    private static final Interval ALONE = new Interval(new Outcomes(200, 0), Outcomes.NONE);

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica other;

    private volatile Interval reported = GOOD;

    @BeforeEach
    void start() throws CanaryPlan.Refused {
        one = Replica.of(postgres.database());
        other = Replica.of(postgres.database());
        one.applied(
                put(pool("v1"), IS_NEW, port(1)),
                put(pool("v2"), IS_NEW, port(2)),
                put(route("r"), IS_NEW, to("/r", "v1")),
                put(CANARY, IS_NEW, CanaryDrafts.automatic()));
        CanaryPlan plan = CanaryPlan.of(CanaryAction.START, situation(one));
        one.applied(plan.changes().toArray(Change[]::new));
        other.head.refresh();
    }

    /** As a replica knows it. */
    private static Situation situation(Replica replica) {
        Config config = replica.head.get();
        return new Situation(Objects.requireNonNull(config.canaries().get("c")), config, replica.clock.instant(), "");
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private CanaryController controller(Replica replica) {
        return new CanaryController(
                replica.head,
                replica.changes,
                new CanaryController.Views(this::observe, (stable, canary, since) -> Times.NONE, canary -> List.of()),
                replica.clock);
    }

    private Observation observe(String stable, String canary, Instant since) {
        return new Observation(Collections.nCopies(60, reported), List.of());
    }

    private void advance(Duration time) {
        one.clock.advance(time);
        other.clock.advance(time);
    }

    private String status() {
        CanarySpec canary =
                (CanarySpec) one.head.refresh().find(CANARY).orElseThrow().spec();
        return canary.state().phase() + " " + canary.share();
    }

    private String poolOfTheRoute() {
        return poolsOf("r").get(0);
    }

    private List<String> poolsOf(String route) {
        RouteSpec spec = (RouteSpec) one.get(route(route)).spec();
        return ((Forward) spec.action()).poolNames();
    }

    private List<String> reasons(int revisions) {
        return one.history.list(OptionalLong.empty(), revisions).stream()
                .map(Revision::reason)
                .map(reason -> reason.orElse(""))
                .toList();
    }

    @Test
    void goesThroughAllStepsByItself() {
        CanaryController controller = controller(one);
        controller.look();
        assertThat(status()).isEqualTo("PROGRESSING 10");
        advance(CanaryDrafts.BAKE);
        controller.look();
        controller.look();
        assertThat(status()).isEqualTo("PROGRESSING 50");
        advance(CanaryDrafts.BAKE);
        controller.look();
        assertThat(status()).isEqualTo("PROGRESSING 100");
        reported = ALONE;
        advance(CanaryDrafts.BAKE);
        controller.look();
        assertThat(status()).isEqualTo("PROMOTED 100");
        assertThat(poolOfTheRoute()).isEqualTo("v2");
        advance(CanaryDrafts.GRACE);
        controller.look();
        assertThat(status()).isEqualTo("SUCCEEDED 100");
        assertThat(reasons(4).get(3))
                .isEqualTo("Advance canary c: not worse than the stable pool by 1 % or more"
                        + " (canary 0 of 3000 in error, 0 %, stable 0 of 9000 in error, 0 %)");
        assertThat(reasons(2).get(1)).startsWith("Promote canary c: fewer errors than 5 %");
    }

    @Test
    void goesBackInOneRevision() {
        reported = BAD;
        long before = one.head.get().revision();
        controller(one).look();
        assertThat(status()).isEqualTo("FAILED 0");
        assertThat(one.head.get().revision()).isEqualTo(before + 1);
        assertThat(reasons(1).get(0))
                .startsWith("Abort canary c: more errors than on the stable pool (canary 600 of 3000");
    }

    /** Its requests are answered 503 by proxies, which count them for no server. */
    @Test
    void goesBackWhenItsPoolHasNoServerLeft() {
        one.applied(put(pool("v2"), EXISTS, port(2).with(List.of())));
        controller(one).look();
        assertThat(status()).isEqualTo("FAILED 0");
        assertThat(reasons(1)).containsExactly("Abort canary c: no server of pool v2 takes requests any more");
    }

    @Test
    void goesBackAfterPromotionToo() {
        CanaryController controller = controller(one);
        for (int step = 0; step < 3; step++) {
            reported = step < 2 ? GOOD : ALONE;
            advance(CanaryDrafts.BAKE);
            controller.look();
        }
        assertThat(poolOfTheRoute()).isEqualTo("v2");
        reported = BAD;
        controller.look();
        assertThat(status()).isEqualTo("FAILED 0");
        assertThat(poolOfTheRoute()).isEqualTo("v1");
    }

    /** Both see the same, at the same moment, again and again. */
    @Test
    void ofTwoReplicasOneMovesItAndNoStepIsSkipped() throws Exception {
        long before = one.head.get().revision();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int step = 0; step < 2; step++) {
                advance(CanaryDrafts.BAKE);
                List<Future<?>> looks = new ArrayList<>();
                for (Replica replica : List.of(one, other)) {
                    looks.add(threads.submit(() -> {
                        replica.head.refresh();
                        controller(replica).look();
                        controller(replica).look();
                    }));
                }
                for (Future<?> look : looks) {
                    look.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(status()).isEqualTo("PROGRESSING 100");
        assertThat(one.head.get().revision()).isEqualTo(before + 2);
    }

    /** What one replica began another goes on with: there is nothing that only the first one knew. */
    @Test
    void anotherReplicaGoesOnWhereOneWasLost() {
        advance(CanaryDrafts.BAKE);
        controller(one).look();
        one.close();
        other.head.refresh();
        advance(CanaryDrafts.BAKE);
        controller(other).look();
        CanarySpec canary = (CanarySpec) other.get(CANARY).spec();
        assertThat(canary.share()).isEqualTo(100);
        assertThat(canary.state().step()).isEqualTo(2);
        one = Replica.of(postgres.database());
    }

    @Test
    void anAbortByPeopleAtTheSameMomentStands() throws CanaryPlan.Refused {
        other.head.refresh();
        CanaryPlan abort = CanaryPlan.of(CanaryAction.ABORT, situation(other));
        other.applied(abort.changes().toArray(Change[]::new));
        advance(CanaryDrafts.BAKE);
        controller(one).look(); // has not heard of it
        assertThat(status()).isEqualTo("FAILED 0");
    }

    @Test
    void aRouteWrittenMeanwhileIsPromotedAsItIs() {
        for (int step = 0; step < 2; step++) {
            advance(CanaryDrafts.BAKE);
            controller(one).look();
        }
        other.head.refresh();
        other.applied(put(route("r2"), IS_NEW, to("/r", "v1")), put(route("r"), EXISTS, to("/r", "v1")));
        reported = ALONE;
        advance(CanaryDrafts.BAKE);
        controller(one).look();
        assertThat(status()).isEqualTo("PROMOTED 100");
        assertThat(poolsOf("r2")).containsExactly("v2");
    }
}
