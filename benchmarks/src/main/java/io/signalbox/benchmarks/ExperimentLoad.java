package io.signalbox.benchmarks;

import io.signalbox.benchmarks.ExperimentSet.Experiment;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Slice;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoAnswer;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What hundreds of experiments cost. One proxy has several hosts with the same routes: one without experiments, the others with.
 * Clients that send without pause ask for one host after the other, for a moment each, so that whatever else happens on the
 * machine happens to all of them.
 */
final class ExperimentLoad implements AutoCloseable {
    /** A host with its routes. What has experiments is compared with what sends to the same pools without. */
    enum Site {
        PLAIN("none"),
        BY_HEADER("one on each route, a layer for each, told by a header"),
        BY_HEADER_COUNTED("the same, all counted who come again"),
        BY_HEADER_UNCOUNTED("the same, none counted who come again"),
        SPLIT("none, two pools by chance"),
        LAYERS("one on each route, a layer for each, with a pool"),
        FORCED("the same, with a cookie that forces"),
        ONE_LAYER("all on one route, in one layer, with a pool");

        private final String title;

        Site(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** The one without experiments that sends to the same pools; empty for such a one. */
        Optional<Site> against() {
            return switch (this) {
                case PLAIN, SPLIT -> Optional.empty();
                case BY_HEADER, BY_HEADER_COUNTED, BY_HEADER_UNCOUNTED -> Optional.of(PLAIN);
                case LAYERS, FORCED, ONE_LAYER -> Optional.of(SPLIT);
            };
        }

        String host() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".example.com";
        }
    }

    /** Percent, where nothing is said. */
    private static final int COUNTED = 100 * ExperimentSpec.COUNTED / Slice.MILLION;

    /** The same of 1 kB whatever a server is told: what is measured is the proxy, not a longer echo. */
    private static final EchoAnswer ANSWER = new EchoAnswer(200, Duration.ZERO, Map.of(), OptionalInt.of(1000), false);

    private final BenchStack stack;
    private final int experiments;

    private ExperimentLoad(BenchStack stack, int experiments) {
        this.stack = stack;
        this.experiments = experiments;
    }

    static ExperimentLoad start(Target target, int experiments) throws EnvoyNotFoundException {
        ExperimentLoad load = new ExperimentLoad(BenchStack.start(target), experiments);
        try {
            load.create();
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
        return load;
    }

    private void create() {
        for (String name : List.of("a", "b", "last")) {
            EchoBackend backend = stack.open(EchoBackend.start(name));
            backend.answer(List.of(ANSWER));
            stack.api().put("pools", name, BenchStack.pool(backend), Expect.ABSENT);
        }
        ExperimentSet set = new ExperimentSet();
        for (Site site : Site.values()) {
            for (int i = 0; i < experiments; i++) {
                set.route(site.host(), route(site, i), site == Site.SPLIT);
            }
        }
        for (Site site : Site.values()) {
            for (int i = 0; i < experiments && site.against().isPresent(); i++) {
                set.experiment(experiment(site, i));
            }
        }
        set.create(stack.api());
        stack.awaitApplied(stack.api()
                .put("routes", "last", BenchStack.route("/last", "last"), Expect.ABSENT)
                .revision());
    }

    private Experiment experiment(Site site, int number) {
        String name = route(site, number);
        Optional<String> pool = site.against().filter(Site.SPLIT::equals).map(split -> "b");
        Optional<String> cookie = site == Site.FORCED ? Optional.of("experiment") : Optional.empty();
        if (site == Site.ONE_LAYER) {
            double percent = Math.floor(1_000_000.0 / experiments) / 10_000;
            return new Experiment(name, route(site, 0), "one", percent, 1, pool, cookie, COUNTED);
        }
        return new Experiment(name, name, name, 100, 1, pool, cookie, counted(site));
    }

    private static int counted(Site site) {
        return switch (site) {
            case BY_HEADER_COUNTED -> 100;
            case BY_HEADER_UNCOUNTED -> 0;
            default -> COUNTED;
        };
    }

    private static String route(Site site, int number) {
        return site.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    }

    /**
     * @param nanos how long each request took
     * @param took in which all of them were answered
     * @param cpu that the proxy needed for them
     */
    record Round(List<Long> nanos, Duration took, Duration cpu) {
        double perSecond() {
            return nanos.size() * 1e9 / took.toNanos();
        }
    }

    Round round(Site site, int clients, Duration time, long seed) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            Duration before = stack.proxyCpu();
            long start = System.nanoTime();
            List<Callable<List<Long>>> tasks = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                SplittableRandom dice = new SplittableRandom(seed * clients + i);
                tasks.add(() -> send(site, start + time.toNanos(), dice));
            }
            List<Long> nanos = new ArrayList<>();
            for (Future<List<Long>> answers : threads.invokeAll(tasks)) {
                nanos.addAll(answers.get());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Round(nanos, took, stack.proxyCpu().minus(before));
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Long> send(Site site, long end, SplittableRandom dice) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (RawConnection connection = stack.client().connect()) {
            for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                RawResponse response = connection.send(request(site, dice)
                        .with(
                                "cookie",
                                "session=0123456789abcdef; signalbox-visitor=" + Long.toHexString(dice.nextLong())));
                nanos.add(System.nanoTime() - start);
                if (response.status() != 200) {
                    throw new IOException(site.host() + " answers " + response.status());
                }
            }
        }
        return nanos;
    }

    private RawRequest request(Site site, SplittableRandom dice) {
        int number = site == Site.ONE_LAYER ? 0 : dice.nextInt(experiments);
        return RawRequest.get(site.host(), "/" + route(site, number));
    }

    /** How many bytes of cookies a browser without any is given by its first visit to each of a site's routes. */
    int cookieBytes(Site site) throws IOException {
        String jar = "";
        int bytes = 0;
        try (RawConnection connection = stack.client().connect()) {
            for (int i = 0; i < experiments; i++) {
                RawRequest request = RawRequest.get(site.host(), "/" + route(site, i));
                RawResponse response = connection.send(jar.isEmpty() ? request : request.with("cookie", jar));
                for (String cookie : response.headers("set-cookie")) {
                    bytes += cookie.length();
                    jar = cookie.split(";", 2)[0];
                }
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        stack.close();
    }
}
