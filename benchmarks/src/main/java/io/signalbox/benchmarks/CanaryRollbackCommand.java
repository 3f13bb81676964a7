package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.CanaryRollback.Run;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link CanaryRollback}. */
@Command(
        name = "canary-rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a canary at 25 %% begin to fail, with 20 %% of its answers, and takes the time from the first erroneous answer "
                    + "to the last one that the canary gave, over two Envoys and the Java data plane. Then counts how many of "
                    + "many healthy canaries are sent back.",
            "",
            "Exit code 1 when an error comes after that, or a healthy canary is sent back."
        })
final class CanaryRollbackCommand implements Callable<Integer> {
    @Option(names = "--runs", paramLabel = "N", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "200",
            description = "A second; default: ${DEFAULT-VALUE}")
    private int perSecond;

    @Option(
            names = "--healthy",
            paramLabel = "N",
            defaultValue = "200",
            description = "Canaries; default: ${DEFAULT-VALUE}")
    private int healthy;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Of these; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Default: below the build output.")
    private Optional<Path> json = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        SplittableRandom dice = new SplittableRandom(seed);
        Report report = new Report(
                "canary-rollback", List.of("Runs", "median", "worst", "errors before, median", "errors after"));
        List<Run> all;
        int sentBack = 0;
        try (Fleet fleet = Fleet.start()) {
            CanaryRollback rollback = new CanaryRollback(fleet);
            all = rollback.failing(runs, perSecond, () -> dice.nextLong(3_000, 6_000), run -> tick(err));
            err.println();
            if (healthy > 0) {
                err.println(healthy + " healthy canaries for " + seconds + " s");
                err.flush();
                sentBack = rollback.healthy(healthy, 5 * perSecond, Duration.ofSeconds(seconds));
                err.println("requests of the first one: " + rollback.counted("healthy-0"));
                err.flush();
            }
        }
        add(report, all);
        PrintWriter out = spec.commandLine().getOut();
        report.write(out, json.orElseGet(() -> BenchCommand.defaultFile("canary-rollback")));
        out.println(sentBack + " of " + healthy + " healthy canaries sent back; seed " + seed);
        out.flush();
        return sentBack == 0 && all.stream().allMatch(run -> run.errorsAfter() == 0) ? 0 : 1;
    }

    private static void tick(PrintWriter err) {
        err.print(".");
        err.flush();
    }

    private static void add(Report report, List<Run> all) {
        Distribution times = Distribution.of(all.stream().map(Run::nanos).toList());
        int[] errors = all.stream().mapToInt(Run::errors).sorted().toArray();
        int after = all.stream().mapToInt(Run::errorsAfter).sum();
        ObjectNode json = Report.object().put("medianMillis", times.millis(50)).put("worstMillis", times.millis(100));
        json.put("errorsAfter", after);
        all.forEach(run -> json.withArray("millis").add(run.nanos() / 1e6));
        report.add(
                List.of(
                        "" + all.size(),
                        seconds(times.millis(50)),
                        seconds(times.millis(100)),
                        "" + errors[errors.length / 2],
                        "" + after),
                json);
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
}
