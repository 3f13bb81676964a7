package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static io.signalbox.controlplane.change.Changes.route;
import static io.signalbox.controlplane.change.Changes.to;

import io.signalbox.controlplane.rehearse.EnvoyRehearsal;
import io.signalbox.controlplane.store.Database;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.local.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many single changes a second one control plane commits to a Postgres that waits for the disk, rehearsal included.
 * Not a test: {@code java -cp … CommitRate [WRITERS] [SECONDS] [ROUTES]}.
 */
public final class CommitRate {
    private final Replica replica;

    private CommitRate(Replica replica) {
        this.replica = replica;
    }

    public static void main(String[] args) throws Exception {
        int writers = args.length > 0 ? Integer.parseInt(args[0]) : 16;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int routes = args.length > 2 ? Integer.parseInt(args[2]) : 100;
        Path directory = Files.createTempDirectory("commit-rate");
        try (EmbeddedDatabase server =
                EmbeddedDatabase.start(new EmbeddedDatabase.Options(Optional.of(directory), 0, true))) {
            DatabaseAddress address = new DatabaseAddress(server.jdbcUrl(), server.user(), server.password());
            try (Database database = new Database(address)) {
                database.migrate();
            }
            try (Replica replica = new Replica(address, new EnvoyRehearsal(TreeMap::new))) {
                CommitRate rate = new CommitRate(replica);
                rate.fill(writers, routes);
                rate.run(writers, Math.max(3, seconds / 2)); // warm-up
                rate.print(writers, seconds, routes, rate.run(writers, seconds));
            }
        }
    }

    private void fill(int pools, int routes) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < pools; i++) {
            changes.add(put(pool("p" + i), IS_NEW, port(1)));
        }
        for (int i = 0; i < routes; i++) {
            changes.add(put(route("r" + i), IS_NEW, to("/r" + i, "p" + i % pools)));
        }
        replica.applied(changes.toArray(Change[]::new));
    }

    /** @return the time of each write in ns, sorted */
    private long[] run(int writers, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            String name = "p" + i;
            tasks.add(() -> write(name, end));
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Long> times = new ArrayList<>();
            for (Future<List<Long>> result : threads.invokeAll(tasks)) {
                times.addAll(result.get());
            }
            long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Long> write(String name, long end) {
        List<Long> times = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; start < end; i++) {
            replica.applied(put(pool(name), EXISTS, port(2 + i % 60_000)));
            long now = System.nanoTime();
            times.add(now - start);
            start = now;
        }
        return times;
    }

    private void print(int writers, int seconds, int routes, long[] times) {
        System.out.printf(
                "%d writers, %d routes: %.0f commits/s, p50 %.2f ms, p99 %.2f ms, revision %d%n",
                writers,
                routes,
                times.length / (double) seconds,
                times[times.length / 2] / 1e6,
                times[times.length * 99 / 100] / 1e6,
                replica.head.get().revision());
    }
}
