package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.at;
import static io.signalbox.controlplane.change.Changes.delete;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static io.signalbox.controlplane.change.Changes.route;
import static io.signalbox.controlplane.change.Changes.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.change.Outcome.Failure;
import io.signalbox.controlplane.change.Outcome.IndexedViolation;
import io.signalbox.controlplane.change.Outcome.Referrer;
import io.signalbox.controlplane.change.Written.Result;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ApplyChangesTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private Replica replica;

    @BeforeEach
    void start() {
        replica = Replica.of(postgres.database());
    }

    @AfterEach
    void stop() {
        replica.close();
    }

    @Test
    void createsAResourceAndWritesItsHistory() {
        Instant now = replica.clock.instant();

        Outcome.Applied outcome = replica.applied(put(pool("a"), IS_NEW, Map.of("team", "x"), port(1)));

        assertThat(outcome.revision()).isEqualTo(1);
        Resource<?> a = outcome.written().get(0).now().orElseThrow();
        assertThat(outcome.written()).containsExactly(new Written(pool("a"), Result.CREATED, Optional.of(a)));
        assertThat(a).isEqualTo(Resource.written(Optional.empty(), "a", Map.of("team", "x"), port(1), 1, now));
        assertThat(replica.get(pool("a"))).isEqualTo(a);
        assertThat(replica.store.load()).isEqualTo(replica.head.get());
        assertThat(replica.committed).containsExactly(replica.head.get());
        RevisionChanges made = replica.history.find(1).orElseThrow();
        assertThat(made.revision().author()).isEqualTo("tests");
        assertThat(made.revision().reason()).contains("because");
        assertThat(made.revision().at()).isEqualTo(now);
        assertThat(made.changes())
                .containsExactly(new RevisionChanges.ResourceChange(
                        pool("a"), Optional.empty(), Optional.of(new RevisionChanges.State(a.labels(), port(1)))));
    }

    @Test
    void keepsTheLabelsThatAPutDoesNotSpeakOf() {
        replica.applied(put(pool("a"), IS_NEW, Map.of("team", "x"), port(1)));

        replica.applied(put(pool("a"), EXISTS, port(2)));

        assertThat(replica.get(pool("a")).labels()).isEqualTo(Map.of("team", "x"));
    }

    @Test
    void takesNoRevisionWhenNothingChanges() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        Config before = replica.head.get();

        Outcome.Applied outcome = replica.applied(put(pool("a"), EXISTS, port(1)));

        assertThat(outcome)
                .isEqualTo(new Outcome.Applied(
                        1,
                        List.of(new Written(pool("a"), Result.UNCHANGED, before.find(pool("a")))),
                        before,
                        Optional.empty()));
        assertThat(replica.store.load()).isEqualTo(before);
        assertThat(replica.committed).containsExactly(before);
    }

    @Test
    void leavesOutOfTheRevisionWhatDoesNotChange() {
        replica.applied(put(pool("a"), IS_NEW, port(1)), put(pool("b"), IS_NEW, port(1)));

        Outcome.Applied outcome = replica.applied(put(pool("a"), EXISTS, port(1)), put(pool("b"), EXISTS, port(2)));

        assertThat(outcome.revision()).isEqualTo(2);
        assertThat(outcome.written()).extracting(Written::result).containsExactly(Result.UNCHANGED, Result.UPDATED);
        assertThat(replica.get(pool("a")).revision()).isEqualTo(1);
        assertThat(replica.history.find(2).orElseThrow().changes())
                .extracting(RevisionChanges.ResourceChange::key)
                .containsExactly(pool("b"));
    }

    @Test
    void takesARevisionForLabelsAlone() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));

        Outcome.Applied outcome = replica.applied(put(pool("a"), EXISTS, Map.of("team", "y"), port(1)));

        assertThat(outcome.revision()).isEqualTo(2);
        assertThat(replica.get(pool("a")).revision()).isEqualTo(2);
    }

    @Test
    void remembersTheCreationUntilTheResourceIsDeleted() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        Instant created = replica.clock.instant();
        replica.clock.advance(Duration.ofHours(1));
        replica.applied(put(pool("a"), EXISTS, port(2)));
        assertThat(replica.get(pool("a")).createdRevision()).isEqualTo(1);
        assertThat(replica.get(pool("a")).createdAt()).isEqualTo(created);
        assertThat(replica.get(pool("a")).updatedAt()).isEqualTo(replica.clock.instant());

        replica.applied(delete(pool("a")));
        replica.applied(put(pool("a"), IS_NEW, port(2)));

        assertThat(replica.get(pool("a")).createdRevision()).isEqualTo(4);
        assertThat(replica.get(pool("a")).createdAt()).isEqualTo(replica.clock.instant());
        assertThat(replica.store.load()).isEqualTo(replica.head.get());
    }

    @Test
    void storesTimesAsExactlyAsItAnswersThem() {
        replica.clock.set(Instant.parse("2026-01-01T00:00:00.123456789Z"));

        replica.applied(put(pool("a"), IS_NEW, port(1)));

        assertThat(replica.store.load()).isEqualTo(replica.head.get());
    }

    @Test
    void makesAllChangesOfARequestOrNone() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        Config before = replica.store.load();

        Outcome outcome = replica.apply(
                put(pool("b"), IS_NEW, port(1)), put(pool("a"), IS_NEW, port(2)), put(pool("c"), at(7), port(3)));

        assertThat(outcome)
                .isEqualTo(new Outcome.PreconditionFailed(List.of(
                        new Failure(pool("a"), before.find(pool("a")), IS_NEW),
                        new Failure(pool("c"), Optional.empty(), at(7)))));
        assertThat(replica.store.load()).isEqualTo(before);
        assertThat(replica.head.get()).isEqualTo(before);
    }

    @Test
    void refusesAKeyThatComesTwice() {
        Outcome outcome = replica.apply(
                put(pool("a"), IS_NEW, port(1)), put(pool("b"), IS_NEW, port(1)), put(pool("a"), IS_NEW, port(2)));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Invalid.class, invalid -> {
            assertThat(invalid.violations())
                    .extracting(IndexedViolation::change)
                    .containsExactly(2);
            assertThat(invalid.violations().get(0).violation().message()).contains("pools/a for the second time");
        });
    }

    @Test
    void saysThatWhatIsToBeDeletedIsNotThere() {
        assertThat(replica.apply(delete(pool("a")))).isEqualTo(new Outcome.NotFound(pool("a")));
    }

    @Test
    void doesNotDeleteWhatIsReferredTo() {
        replica.applied(
                put(pool("a"), IS_NEW, port(1)),
                put(pool("b"), IS_NEW, port(1)),
                put(route("r"), IS_NEW, to("/r", "b", "a")));

        Outcome outcome = replica.apply(delete(pool("a")));

        assertThat(outcome)
                .isEqualTo(new Outcome.Referenced(
                        List.of(new Referrer(pool("a"), route("r"), "spec.action.forward.pools[1].pool"))));
        assertThat(replica.head.get().revision()).isEqualTo(1);
    }

    @Test
    void deletesTogetherWithTheReference() {
        replica.applied(
                put(pool("a"), IS_NEW, port(1)),
                put(pool("b"), IS_NEW, port(1)),
                put(route("r"), IS_NEW, to("/r", "a")),
                put(route("s"), IS_NEW, to("/s", "a")));

        replica.applied(delete(pool("a")), put(route("r"), EXISTS, to("/r", "b")), delete(route("s")));

        assertThat(replica.store.load().pools()).containsOnlyKeys("b");
        assertThat(replica.store.load().routes()).containsOnlyKeys("r");
    }

    @Test
    void createsWhatRefersToEachOtherInAnyOrder() {
        replica.applied(put(route("r"), IS_NEW, to("/r", "a")), put(pool("a"), IS_NEW, port(1)));

        assertThat(replica.head.get().routes()).containsOnlyKeys("r");
    }

    @Test
    void dryRunDecidesAndWritesNothing() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        ChangeRequest request = new ChangeRequest(
                List.of(put(pool("a"), at(1), port(2)), put(pool("b"), IS_NEW, port(1))),
                Principal.admin("tests"),
                Optional.empty(),
                true);

        Outcome outcome = replica.changes.apply(request);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Applied.class, applied -> {
            assertThat(applied.revision()).isEqualTo(1);
            assertThat(applied.written()).extracting(Written::result).containsExactly(Result.UPDATED, Result.CREATED);
            assertThat(applied.written().get(0).now().orElseThrow().spec()).isEqualTo(port(2));
        });
        assertThat(replica.store.load().revision()).isEqualTo(1);
        assertThat(replica.head.get().find(pool("b"))).isEmpty();
    }

    @Test
    void refusesWhatCannotBePublished() {
        Rehearsal noPortsBelow1024 = config -> {
            if (config.pools().values().stream()
                    .anyMatch(p -> p.spec().endpoints().get(0).port() < 1024)) {
                throw new IllegalArgumentException("low port");
            }
            return List.of();
        };
        try (Replica strict = new Replica(Replica.address(postgres.database()), noPortsBelow1024)) {
            strict.applied(put(pool("fine"), IS_NEW, port(8080)));

            assertThat(strict.apply(put(pool("bad"), IS_NEW, port(80))))
                    .isInstanceOfSatisfying(
                            Outcome.Unpublishable.class,
                            unpublishable -> assertThat(unpublishable
                                            .violations()
                                            .get(0)
                                            .violation()
                                            .message())
                                    .contains("low port"));
            assertThat(strict.store.load().pools()).containsOnlyKeys("fine");
        }
    }

    @Test
    void refusesNothingOnTheGroundOfAStaleHead() {
        try (Replica other = Replica.of(postgres.database())) {
            other.applied(put(pool("a"), IS_NEW, port(1)));
            other.applied(put(pool("a"), EXISTS, port(2)));

            // This replica has seen neither, and nobody has told it.
            assertThat(replica.head.get().revision()).isZero();
            replica.applied(put(pool("a"), at(2), port(3)));
            other.applied(delete(pool("a")));
            assertThat(replica.apply(delete(pool("a")))).isEqualTo(new Outcome.NotFound(pool("a")));
        }
    }

    @Test
    void doesNotTakeAnOldStateForTheOneThatWasAskedFor() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        try (Replica other = Replica.of(postgres.database())) {
            other.applied(put(pool("a"), EXISTS, port(2)));

            Outcome.Applied back = replica.applied(put(pool("a"), EXISTS, port(1)));

            assertThat(back.revision()).isEqualTo(3);
            assertThat(other.store.load().find(pool("a")))
                    .isEqualTo(replica.head.get().find(pool("a")));
        }
    }

    @Test
    void listsRevisionsNewestFirst() {
        for (int i = 1; i <= 5; i++) {
            replica.applied(put(pool("a" + i), IS_NEW, port(i)));
        }

        assertThat(replica.history.list(OptionalLong.empty(), 2))
                .extracting(r -> r.n())
                .containsExactly(5L, 4L);
        assertThat(replica.history.list(OptionalLong.of(3), 10))
                .extracting(r -> r.n())
                .containsExactly(2L, 1L);
        assertThat(replica.history.find(6)).isEmpty();
    }
}
