package io.signalbox.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Two canaries under way at once, and users who meet both: on two routes, and on one that both divide. For one thread. */
final class CanaryPairs {
    private static final int VISITS_OF_ROUTES = 2;

    /** Each comes to one of two stable pools by chance, so a user in 128 meets one canary alone and is left out. */
    private static final int VISITS_OF_ONE_ROUTE = 8;

    private final MovedCanary first;
    private final MovedCanary second;
    private final Clients clients;

    CanaryPairs(MovedCanary first, MovedCanary second, Clients clients) {
        this.first = first;
        this.second = second;
        this.clients = clients;
    }

    void start() throws IOException {
        first.start(CanaryPair.WEIGHT, clients);
        second.start(CanaryPair.WEIGHT, clients);
    }

    /** Each canary on a route of its own. */
    CanaryPair onTwoRoutes(List<SimulatedUser> users) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < VISITS_OF_ROUTES; i++) {
            paths.addAll(List.of(first.path(), second.path()));
        }
        return meet("on two routes", users, paths);
    }

    /** @param path of a route to both stable pools, evenly */
    CanaryPair onOneRoute(List<SimulatedUser> users, String path) throws IOException, InterruptedException {
        return meet("on one route", users, Collections.nCopies(VISITS_OF_ONE_ROUTE, path));
    }

    static long requests(int users) {
        return users * (2L * VISITS_OF_ROUTES + VISITS_OF_ONE_ROUTE);
    }

    private CanaryPair meet(String what, List<SimulatedUser> users, List<String> paths)
            throws IOException, InterruptedException {
        List<Set<String>> met = clients.each(users, (user, lines) -> {
            Set<String> servers = new HashSet<>();
            for (String path : paths) {
                servers.add(user.ask(lines.to(user.anyProxy()), path));
            }
            return servers;
        });
        int[] counts = new int[4];
        int changed = 0;
        int failed = 0;
        for (Set<String> servers : met) {
            changed += servers.containsAll(first.arms()) || servers.containsAll(second.arms()) ? 1 : 0;
            failed += isServedByArms(servers) ? 0 : 1;
            if (meets(servers, first) && meets(servers, second)) {
                counts[(servers.contains(first.canary()) ? 0 : 2) + (servers.contains(second.canary()) ? 0 : 1)]++;
            }
        }
        return new CanaryPair(what, counts[0], counts[1], counts[2], counts[3], changed, failed);
    }

    private boolean isServedByArms(Set<String> servers) {
        return servers.stream()
                .allMatch(
                        server -> first.arms().contains(server) || second.arms().contains(server));
    }

    private static boolean meets(Set<String> servers, MovedCanary canary) {
        return servers.stream().anyMatch(canary.arms()::contains);
    }
}
