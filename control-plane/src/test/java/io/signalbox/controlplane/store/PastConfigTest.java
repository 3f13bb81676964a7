package io.signalbox.controlplane.store;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PastConfigTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @Test
    void isWhatWasTheHeadThen() {
        SeededDice dice = SeededDice.roll();
        try (Replica replica = Replica.of(postgres.database())) {
            List<Config> seen = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                replica.clock.advance(Duration.ofMillis(dice.nextInt(5_000)));
                replica.applied(RandomPools.changes(dice, replica.head.get()));
                Config now = replica.head.get();
                if (seen.isEmpty() || now.revision() > seen.get(seen.size() - 1).revision()) {
                    seen.add(now);
                }
            }

            for (Config then : seen) {
                // From a newer config that lags behind the database, too.
                Config newer = dice.pick(
                        seen.subList((int) then.revision() - 1, seen.size()).toArray(Config[]::new));
                assertThat(replica.history.configAt(then.revision(), newer))
                        .as("at %d, from %d", then.revision(), newer.revision())
                        .isEqualTo(then);
            }
        }
    }

    @Test
    void isNotAskedForTheFuture() {
        try (Replica replica = Replica.of(postgres.database())) {
            assertThatThrownBy(() -> replica.history.configAt(1, Config.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: at most 0");
        }
    }
}
