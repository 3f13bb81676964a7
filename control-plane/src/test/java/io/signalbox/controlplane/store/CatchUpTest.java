package io.signalbox.controlplane.store;

import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.change.RandomPools;
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
                replica.applied(RandomPools.changes(dice, replica.head.get()));
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
