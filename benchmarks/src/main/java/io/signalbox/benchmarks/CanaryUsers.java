package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.Fleet.Proxy;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Users with browsers meet a canary that rises step by step and is aborted at the end, through two Envoys and the Java data
 * plane. At each step every user asks all three, in an order by chance, and the first of them again. Then two canaries are
 * under way at once.
 */
public final class CanaryUsers {
    static final List<Integer> STEPS = List.of(5, 10, 25, 50, 100);

    private static final String SHOP = "/shop";
    private static final String PAY = "/pay";
    private static final String BOTH = "/both";

    /** One user in so many besides has {@code canary=true}, and another one {@code canary=false}. */
    private static final int USERS_FOR_A_TESTER = 20;

    private final Clients clients;
    private final MovedCanary canary;
    private final List<SimulatedUser> users;
    private final List<SimulatedUser> testers;
    private final List<SimulatedUser> decliners;
    private long requests;

    private CanaryUsers(Clients clients, MovedCanary canary, Options options) throws IOException {
        this.clients = clients;
        this.canary = canary;
        this.users = SimulatedUser.crowd(options.seed, options.users);
        int few = Math.max(1, options.users / USERS_FOR_A_TESTER);
        this.testers = SimulatedUser.crowd(options.seed + 1, few);
        this.decliners = SimulatedUser.crowd(options.seed + 2, few);
        for (int i = 0; i < few; i++) {
            testers.get(i).take("canary=true");
            decliners.get(i).take("canary=false");
        }
    }

    /**
     * @param users who keep their cookies; besides there are those who force an arm
     * @param clients threads, each with a connection to each proxy
     * @param seed of the users' dice; proxies have their own
     */
    public record Options(int users, int clients, long seed) {}

    /**
     * @param requests of all users
     * @param took without the start of the proxies
     */
    public record Result(List<CanaryStep> steps, List<CanaryPair> pairs, long requests, Duration took) {
        /** What was not as it has to be; empty when all was. */
        public List<String> faults() {
            return Stream.concat(
                            steps.stream().flatMap(step -> step.faults().stream()),
                            pairs.stream().flatMap(pair -> pair.faults().stream()))
                    .toList();
        }
    }

    /**
     * Runs it on a fleet of its own.
     *
     * @param progress told of each part before it begins
     */
    public static Result run(Options options, Consumer<String> progress)
            throws EnvoyNotFoundException, IOException, InterruptedException {
        progress.accept("two Envoys and the Java data plane");
        try (Fleet fleet = Fleet.start()) {
            MovedCanary shop = new MovedCanary(fleet.api(), "shop", "v1", "v2", SHOP);
            MovedCanary pay = new MovedCanary(fleet.api(), "pay", "w1", "w2", PAY);
            configure(fleet, shop, pay);
            try (Clients clients = Clients.connect(fleet, options.clients)) {
                long start = System.nanoTime();
                CanaryUsers bench = new CanaryUsers(clients, shop, options);
                List<CanaryStep> steps = bench.steps(progress);
                List<CanaryPair> pairs = bench.pairs(new CanaryPairs(shop, pay, clients), options, progress);
                return new Result(steps, pairs, bench.requests, Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private static void configure(Fleet fleet, MovedCanary shop, MovedCanary pay) {
        for (MovedCanary canary : List.of(shop, pay)) {
            for (String server : canary.arms()) {
                EchoBackend backend = fleet.open(EchoBackend.start(server));
                fleet.api().put("pools", server, BenchStack.pool(backend), Expect.ABSENT);
            }
            fleet.api().put("routes", canary.name(), BenchStack.route(canary.path(), canary.stable()), Expect.ABSENT);
            canary.create();
        }
        ObjectNode both = BenchStack.route(BOTH, shop.stable());
        both.withArray("/action/forward/pools").addObject().put("pool", pay.stable());
        fleet.api().put("routes", "both", both, Expect.ABSENT);
    }

    private List<CanaryStep> steps(Consumer<String> progress) throws IOException, InterruptedException {
        List<CanaryStep> steps = new ArrayList<>();
        List<List<String>> before = List.of();
        for (int weight : STEPS) {
            progress.accept(weight + " %");
            if (steps.isEmpty()) {
                canary.start(weight, clients);
            } else {
                canary.raise(weight, clients);
            }
            List<List<String>> answers = ask(users);
            steps.add(step(weight, answers, left(before, answers)));
            before = answers;
        }
        progress.accept("abort");
        canary.abort(clients);
        steps.add(step(0, ask(users), 0));
        return steps;
    }

    private CanaryStep step(int weight, List<List<String>> answers, int left) throws IOException, InterruptedException {
        return new CanaryStep(weight, census(answers), census(ask(testers)), census(ask(decliners)), left);
    }

    private Census census(List<List<String>> answers) {
        return Census.of(answers, canary.arms(), canary.canary());
    }

    /** For each user the answers by all proxies, and by the first again. */
    private List<List<String>> ask(List<SimulatedUser> crowd) throws IOException, InterruptedException {
        requests += (Proxy.values().length + 1L) * crowd.size();
        return clients.each(crowd, (user, lines) -> {
            List<Proxy> order = user.anyOrder();
            List<String> answers = new ArrayList<>();
            for (Proxy proxy : order) {
                answers.add(user.ask(lines.to(proxy), SHOP));
            }
            answers.add(user.ask(lines.to(order.get(0)), SHOP));
            return List.copyOf(answers);
        });
    }

    /** Who was on the canary, by the last answer of the step before, and was not at any time since. */
    private int left(List<List<String>> before, List<List<String>> after) {
        int left = 0;
        for (int i = 0; i < before.size(); i++) {
            String last = before.get(i).get(before.get(i).size() - 1);
            left += last.equals(canary.canary()) && after.get(i).contains(canary.stable()) ? 1 : 0;
        }
        return left;
    }

    private List<CanaryPair> pairs(CanaryPairs pairs, Options options, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept("two canaries");
        pairs.start();
        requests += CanaryPairs.requests(options.users);
        return List.of(
                pairs.onTwoRoutes(SimulatedUser.crowd(options.seed + 3, options.users)),
                pairs.onOneRoute(SimulatedUser.crowd(options.seed + 4, options.users), BOTH));
    }
}
