package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.ExperimentLoad.Round;
import io.signalbox.benchmarks.ExperimentLoad.Site;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link ExperimentLoad}. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = {
            "Sends requests to hosts with and without many experiments, a moment each in turn, and compares throughput and "
                    + "latency with those of a host that sends to the same pools without; and weighs the cookies.",
            "",
            "Exit code 1 when a host has less than 0.9 of that throughput, or 1 KB of cookies."
        })
final class ExperimentsCommand implements Callable<Integer> {
    private static final double LEAST = 0.9;
    private static final int MOST_COOKIE_BYTES = 1024;

    @Option(names = "--experiments", paramLabel = "N", defaultValue = "300", description = "default: ${DEFAULT-VALUE}")
    private int experiments;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "For each host; default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "8",
            description = "Threads; default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "ENVOY_DELTA",
            description = "Of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Target target = Target.ENVOY_DELTA;

    @Option(names = "--json", paramLabel = "FILE", description = "Default: below the build output.")
    private Optional<Path> json = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Report report = new Report(
                "experiments",
                List.of(
                        "EXPERIMENTS",
                        "REQUESTS",
                        "PER SECOND",
                        "RATIO",
                        "OF NONE",
                        "p50, ms",
                        "RATIO",
                        "p99, ms",
                        "CPU, us",
                        "RATIO",
                        "COOKIES, B"));
        boolean good = true;
        try (ExperimentLoad load = ExperimentLoad.start(target, experiments)) {
            Map<Site, List<Round>> all = rounds(load);
            for (Site site : Site.values()) {
                Result result = Result.of(all, site);
                int cookies = load.cookieBytes(site);
                good = good && result.ratio >= LEAST && cookies < MOST_COOKIE_BYTES;
                add(report, site, result, Result.of(all, site.against().orElse(site)), cookies);
            }
        }
        report.write(spec.commandLine().getOut(), json.orElseGet(() -> BenchCommand.defaultFile("experiments")));
        return good ? 0 : 1;
    }

    private Map<Site, List<Round>> rounds(ExperimentLoad load) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Map<Site, List<Round>> all = new EnumMap<>(Site.class);
        for (int round = -2; round < rounds; round++) { // the first two warm up
            for (Site site : Site.values()) {
                Round done = load.round(site, clients, Duration.ofSeconds(1), round + 3L);
                if (round >= 0) {
                    all.computeIfAbsent(site, s -> new ArrayList<>()).add(done);
                }
            }
            err.print(".");
            err.flush();
        }
        err.println();
        return all;
    }

    /**
     * @param perSecond the median of the rounds
     * @param ratio the median of what a round has against the one beside it of a host that sends to the same pools without
     *     experiments
     * @param ratioToPlain the same against one pool without experiments
     * @param cpu of the proxy for a request, in microseconds
     */
    private record Result(double perSecond, double ratio, double ratioToPlain, Distribution latency, double cpu) {
        static Result of(Map<Site, List<Round>> all, Site site) {
            List<Round> rounds = all.getOrDefault(site, List.of());
            Distribution latency = Distribution.of(rounds.stream()
                    .map(Round::nanos)
                    .flatMap(Collection::stream)
                    .toList());
            long cpu = rounds.stream().mapToLong(round -> round.cpu().toNanos()).sum();
            return new Result(
                    median(rounds.stream().mapToDouble(Round::perSecond)),
                    ratio(rounds, all.getOrDefault(site.against().orElse(site), List.of())),
                    ratio(rounds, all.getOrDefault(Site.PLAIN, List.of())),
                    latency,
                    cpu / 1e3 / latency.size());
        }

        private static double ratio(List<Round> rounds, List<Round> others) {
            return median(IntStream.range(0, rounds.size())
                    .mapToDouble(i -> rounds.get(i).perSecond() / others.get(i).perSecond()));
        }

        private static double median(DoubleStream values) {
            double[] sorted = values.sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }

    private static void add(Report report, Site site, Result result, Result against, int cookies) {
        double p50 = result.latency.millis(50);
        ObjectNode json = Report.object().put("site", site.name()).put("requests", result.latency.size());
        json.put("perSecond", result.perSecond).put("ratio", result.ratio).put("ratioToPlain", result.ratioToPlain);
        json.put("p50Millis", p50).put("p99Millis", result.latency.millis(99)).put("cookieBytes", cookies);
        json.put("cpuMicros", result.cpu);
        report.add(
                List.of(
                        site.title(),
                        "" + result.latency.size(),
                        format("%.0f", result.perSecond),
                        format("%.2f", result.ratio),
                        format("%.2f", result.ratioToPlain),
                        format("%.3f", p50),
                        format("%.2f", p50 / against.latency.millis(50)),
                        format("%.3f", result.latency.millis(99)),
                        format("%.1f", result.cpu),
                        format("%.2f", result.cpu / against.cpu),
                        "" + cookies),
                json);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
