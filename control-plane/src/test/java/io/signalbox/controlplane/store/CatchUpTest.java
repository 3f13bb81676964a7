package io.signalbox.controlplane.store;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Changes;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.model.Config;
import io.signalbox.testkit.PostgresExtension;
import io.signalbox.testkit.SeededDice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CatchUpTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @Test
    void theEmptyDatabaseIsTheEmptyConfig() {
        try (Replica replica = Replica.of(postgres.database())) {
            assertThat(replica.store.load()).isEqualTo(Config.EMPTY);
            assertThat(replica.store.catchUp(Config.EMPTY)).isSameAs(Config.EMPTY);
        }
    }

    @Test
    void leadsFromAnyRevisionToWhatLoadingGives() {
        SeededDice dice = SeededDice.roll();
        try (Replica replica = Replica.of(postgres.database())) {
            List<Config> seen = new ArrayList<>(List.of(Config.EMPTY));
            for (int i = 0; i < 150; i++) {
                replica.clock.advance(Duration.ofMillis(dice.nextInt(5_000)));
                replica.applied(randomChanges(dice, replica.head.get()));
                seen.add(replica.head.get());
            }

            Config loaded = replica.store.load();

            assertThat(loaded).isEqualTo(replica.head.get());
            for (Config base : seen) {
                assertThat(replica.store.catchUp(base))
                        .as("from %d", base.revision())
                        .isEqualTo(loaded);
            }
        }
    }

    /** Of few names, so that creating, changing, deleting and creating anew take turns. */
    private static Change[] randomChanges(SeededDice dice, Config now) {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
        List<Change> changes = new ArrayList<>();
        for (int n = 1 + dice.nextInt(3); n > 0; n--) {
            String name = names.remove(dice.nextInt(names.size()));
            boolean there = now.pools().containsKey(name);
            if (there && dice.oneIn(3)) {
                changes.add(Changes.delete(pool(name)));
            } else {
                Map<String, String> labels = dice.oneIn(2) ? Map.of() : Map.of("n", "" + dice.nextInt(3));
                changes.add(put(pool(name), there ? EXISTS : IS_NEW, labels, port(1 + dice.nextInt(4))));
            }
        }
        return changes.toArray(Change[]::new);
    }

    @Test
    void refusesADatabaseThatWentBack() {
        try (Replica replica = Replica.of(postgres.database())) {
            replica.applied(put(pool("a"), IS_NEW, port(1)));
            Config future = replica.head.get().with(5, Map.of());

            assertThatThrownBy(() -> replica.store.catchUp(future))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("at revision 1")
                    .hasMessageContaining("restored from a backup");
        }
    }
}
