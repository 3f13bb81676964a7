package io.signalbox.benchmarks;

import io.signalbox.benchmarks.ExperimentSet.Experiment;
import io.signalbox.local.ApiClient;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import io.signalbox.routing.Decision;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.RouteTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Many visitors of many experiments: whether these are independent, exclude each other, and are the same on all planes. */
final class ExperimentVisitors {
    static final int PAIRS = 200;
    private static final int EXPERIMENTS = 2 * PAIRS;
    private static final int LAYERS = 20;
    private static final int IN_A_LAYER = 10;
    private static final String COOKIE = "signalbox-visitor=";

    private final ExperimentSet set = new ExperimentSet();
    private final RouteTable table;
    private final List<String> visitors;
    private final SplittableRandom dice;

    /** @param seed of the visitors' cookies */
    ExperimentVisitors(int visitors, long seed) throws InvalidRouteConfiguration {
        dice = new SplittableRandom(seed);
        this.visitors = dice.longs(visitors).mapToObj(Long::toHexString).toList();
        for (int i = 0; i < EXPERIMENTS; i++) {
            set.route(BenchStack.HOST, "half-" + i);
            set.experiment(new Experiment(
                    "half-" + i, "half-" + i, "layer-" + i, 100, 1, Optional.of("b"), Optional.empty(), 100));
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int i = 0; i < IN_A_LAYER; i++) {
                String name = "tenth-" + layer + "-" + i;
                set.route(BenchStack.HOST, name);
                set.experiment(new Experiment(
                        name, name, "shared-" + layer, 100.0 / IN_A_LAYER, 0, Optional.of("b"), Optional.empty(), 100));
            }
        }
        table = set.table();
    }

    /**
     * @param pairs the statistic of each of the pairs that have no experiment in common: chi-squared, one degree of freedom
     * @param all of every two experiments
     */
    record Independence(double[] pairs, double[] all) {}

    Independence independence() {
        long[][] inVariant = new long[EXPERIMENTS][];
        for (int i = 0; i < EXPERIMENTS; i++) {
            inVariant[i] = inVariant("half-" + i);
        }
        double[] pairs = new double[PAIRS];
        double[] all = new double[EXPERIMENTS * (EXPERIMENTS - 1) / 2];
        int next = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            for (int j = i + 1; j < EXPERIMENTS; j++) {
                all[next] = chiSquared(inVariant[i], inVariant[j]);
                if (i % 2 == 0 && j == i + 1) {
                    pairs[i / 2] = all[next];
                }
                next++;
            }
        }
        Arrays.sort(pairs);
        Arrays.sort(all);
        return new Independence(pairs, all);
    }

    /** A bit for each visitor. */
    private long[] inVariant(String route) {
        long[] bits = new long[(visitors.size() + Long.SIZE - 1) / Long.SIZE];
        for (int visitor = 0; visitor < visitors.size(); visitor++) {
            if (inVariant(route, visitors.get(visitor))) {
                bits[visitor / Long.SIZE] |= 1L << visitor % Long.SIZE;
            }
        }
        return bits;
    }

    private double chiSquared(long[] one, long[] other) {
        double total = visitors.size();
        double both = 0;
        double inOne = 0;
        double inOther = 0;
        for (int i = 0; i < one.length; i++) {
            both += Long.bitCount(one[i] & other[i]);
            inOne += Long.bitCount(one[i]);
            inOther += Long.bitCount(other[i]);
        }
        double off = both * total - inOne * inOther;
        return total * off * off / (inOne * (total - inOne) * inOther * (total - inOther));
    }

    /** How often a visitor is not in exactly one of the experiments of a layer, which have all visitors together. */
    long exclusionBroken() {
        long broken = 0;
        for (int layer = 0; layer < LAYERS; layer++) {
            for (String visitor : visitors) {
                int in = 0;
                for (int i = 0; i < IN_A_LAYER; i++) {
                    in += inVariant("tenth-" + layer + "-" + i, visitor) ? 1 : 0;
                }
                broken += in == 1 ? 0 : 1;
            }
        }
        return broken;
    }

    private boolean inVariant(String route, String visitor) {
        Decision decision = table.decide(new Visit("/" + route, visitor), () -> 0);
        return ((Decision.Forward) decision).cluster().equals("b");
    }

    /** The same on proxies, whose pools {@code a} and {@code b} have backends of these names. */
    void create(ApiClient api) {
        set.create(api);
    }

    /**
     * @param answers how many came
     * @param otherwise how many of them from where the library does not send the visitor
     */
    record Agreement(long answers, long otherwise) {}

    /** Each visitor asks for both routes of a pair. */
    Agreement agreement(RawHttpClient client) throws IOException {
        long answers = 0;
        long otherwise = 0;
        try (RawConnection connection = client.connect()) {
            for (String visitor : visitors) {
                int pair = dice.nextInt(PAIRS);
                for (String route : List.of("half-" + 2 * pair, "half-" + (2 * pair + 1))) {
                    RawRequest request =
                            RawRequest.get(BenchStack.HOST, "/" + route).with("cookie", COOKIE + visitor);
                    String expected = inVariant(route, visitor) ? "b" : "a";
                    answers++;
                    otherwise += isFrom(expected, connection.send(request)) ? 0 : 1;
                }
            }
        }
        return new Agreement(answers, otherwise);
    }

    /**
     * Browsers that come without a cookie, keep the one they get, and come again.
     *
     * @return the later answers, and how many of them from elsewhere than the first one
     */
    Agreement returning(RawHttpClient client, int browsers) throws IOException {
        long answers = 0;
        long otherwise = 0;
        try (RawConnection connection = client.connect()) {
            for (int i = 0; i < browsers; i++) {
                RawRequest request = RawRequest.get(BenchStack.HOST, "/half-" + dice.nextInt(EXPERIMENTS));
                RawResponse first = connection.send(request);
                String cookie = first.header("set-cookie").orElseThrow().split(";", 2)[0];
                String backend = first.header(EchoBackend.NAME_HEADER).orElse("");
                for (int later = 0; later < 3; later++) {
                    answers++;
                    otherwise += isFrom(backend, connection.send(request.with("cookie", cookie))) ? 0 : 1;
                }
            }
        }
        return new Agreement(answers, otherwise);
    }

    private static boolean isFrom(String backend, RawResponse response) {
        return response.status() == 200
                && response.header(EchoBackend.NAME_HEADER).orElse("").equals(backend);
    }

    private record Visit(String path, String visitor) implements RequestView {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return BenchStack.HOST;
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return lowerCaseName.equals("cookie") ? List.of(COOKIE + visitor) : List.of();
        }
    }
}
