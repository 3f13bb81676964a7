package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;

import io.signalbox.controlplane.model.Config;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random changes of few pools, so that creating, changing, deleting and creating anew take turns. */
public final class RandomPools {
    private RandomPools() {}

    public static Change[] changes(SeededDice dice, Config now) {
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
}
