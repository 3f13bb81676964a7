package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.judge.SampleRatio;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Plays experiments whose visitors come by known shares, and counts what is said of them. The peer is what is often done instead:
 * a χ² test of the sums with the same significance, looked at as often.
 */
@Command(
        name = "sample-ratio",
        mixinStandardHelpOptions = true,
        description = "Simulates experiments with known shares: false alarms, and how many visitors it takes.")
final class SampleRatioCommand implements Callable<Integer> {
    /** Of χ² with one degree of freedom, which 1 of 1,000 exceed. */
    private static final double UNLIKELY = 10.828;

    private static final double[] SHARES = {0.5, 0.51, 0.52, 0.55, 0.7};

    @Option(names = "--runs", paramLabel = "N", defaultValue = "2000", description = "Of each row.")
    private int runs;

    @Option(names = "--visitors", paramLabel = "N", defaultValue = "100000", description = "Of each run, at most.")
    private int visitors;

    @Option(names = "--look", paramLabel = "N", defaultValue = "100", description = "Each so many visitors.")
    private int look;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "default: below the build output")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Report report = new Report(
                "sample-ratio",
                List.of(
                        "Configured 50 %, found",
                        "alarms", "visitors until then, median", "90 of 100", "most", "chi-squared: alarms"));
        for (double share : SHARES) {
            add(report, share);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT, "%d runs a row, up to %d visitors, a look each %d, seed %d%n", runs, visitors, look, seed);
        report.write(out, json == null ? BenchCommand.defaultFile("sample-ratio") : json);
        return 0;
    }

    /** @param alarm after how many visitors, 0 for never */
    private record Played(int alarm, boolean byPeer) {}

    private void add(Report report, double share) {
        SplittableRandom dice = new SplittableRandom(seed);
        List<Played> all =
                IntStream.range(0, runs).mapToObj(i -> play(dice, share)).toList();
        int[] alarms = all.stream()
                .mapToInt(Played::alarm)
                .filter(alarm -> alarm > 0)
                .sorted()
                .toArray();
        long byPeer = all.stream().filter(Played::byPeer).count();
        ObjectNode object = Report.object();
        object.put("share", share);
        object.put("alarms", (double) alarms.length / runs);
        object.put("alarmsByChiSquared", (double) byPeer / runs);
        report.add(
                List.of(
                        String.format(Locale.ROOT, "%.0f %%", 100 * share),
                        part(alarms.length),
                        at(alarms, 0.5),
                        at(alarms, 0.9),
                        at(alarms, 1),
                        part(byPeer)),
                object);
    }

    private Played play(SplittableRandom dice, double share) {
        long first = 0;
        int alarm = 0;
        boolean byPeer = false;
        for (int all = look; all <= visitors && (alarm == 0 || !byPeer); all += look) {
            for (int i = 0; i < look; i++) {
                first += dice.nextDouble() < share ? 1 : 0;
            }
            boolean isMismatch = new SampleRatio(List.of(1L, 1L), List.of(first, all - first)).isMismatch();
            alarm = alarm == 0 && isMismatch ? all : alarm;
            double difference = 2.0 * first - all;
            byPeer |= difference * difference / all > UNLIKELY;
        }
        return new Played(alarm, byPeer);
    }

    private static String at(int[] sorted, double part) {
        return sorted.length == 0
                ? "-"
                : Integer.toString(sorted[(int) Math.min(sorted.length - 1, part * sorted.length)]);
    }

    private String part(long count) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * count / runs);
    }
}
