package io.signalbox.cli.quickstart;

import io.signalbox.local.EchoBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Least connections: of four servers one is slow, so that it always has requests under way. Of two servers chosen at
 * random the slow one is taken only when it is chosen twice, which is 1 of 16 requests; round robin would send it 4 of 16.
 */
final class LeastRequestRow implements Row {
    private static final EdgeRequest SEARCH = EdgeRequest.get("/search?q=shoes");
    private static final int CLIENTS = 12;
    private static final int REQUESTS_EACH = 40;
    private static final Duration SLOW = Duration.ofMillis(150);

    @Override
    public String title() {
        return "least connections";
    }

    @Override
    public Findings run(Shop shop) throws IOException, InterruptedException {
        Findings findings = new Findings(title());
        shop.applyAndProbe(
                shop.scenario().of("search.yaml"),
                client -> client.send(SEARCH).pool().equals("search"),
                findings);
        EchoBackend slow = shop.backends().ofPool("search").get(0);
        slow.delay(SLOW);
        for (Plane plane : shop.planes()) {
            findings.add(plane, "the slow one of 4 servers gets at most 1 of 8 requests", tooMany(plane, slow.name()));
        }
        slow.delay(Duration.ZERO);
        return findings;
    }

    private static Optional<String> tooMany(Plane plane, String slow) throws InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> servers(plane)));
            }
            for (Future<List<String>> servers : answers) {
                servers.get().forEach(server -> counts.merge(server, 1, Integer::sum));
            }
        } catch (ExecutionException e) {
            return Optional.of("a request failed: " + e.getCause());
        } finally {
            clients.shutdownNow();
        }
        int atSlow = counts.getOrDefault(slow, 0);
        boolean fine = atSlow * 8 <= CLIENTS * REQUESTS_EACH && counts.size() == 4;
        return fine ? Optional.empty() : Optional.of(slow + " is slow; requests by server: " + counts);
    }

    private static List<String> servers(Plane plane) throws IOException {
        List<String> servers = new ArrayList<>();
        try (EdgeClient client = new EdgeClient(plane)) {
            for (int i = 0; i < REQUESTS_EACH; i++) {
                servers.add(client.send(SEARCH).server());
            }
        }
        return servers;
    }
}
