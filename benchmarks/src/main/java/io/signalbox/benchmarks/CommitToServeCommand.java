package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.CommitToServe.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link CommitToServe}. */
@Command(
        name = "commit-to-serve",
        mixinStandardHelpOptions = true,
        description = "From PUT of a route to the first answer by it, and where the time goes. Nothing else goes on.")
final class CommitToServeCommand implements Callable<Integer> {
    @Option(names = "--samples", paramLabel = "N", defaultValue = "200", description = "default: ${DEFAULT-VALUE}")
    private int samples;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(names = "--routes", paramLabel = "N", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
    private int routes;

    @Option(
            names = "--target",
            split = ",",
            paramLabel = "TARGET",
            defaultValue = "ENVOY_DELTA,ENVOY_SOTW,JAVA_DELTA",
            description = "Of ${COMPLETION-CANDIDATES}; default: all.")
    private List<Target> targets = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Default: below the build output.")
    private Optional<Path> json = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Report report = new Report(
                "commit-to-serve",
                List.of("TARGET", "MILLISECONDS FROM SENDING THE PUT", "P50", "P90", "P99", "MAX", "P50 / PUT P50"));
        for (Target target : targets) {
            err.println(target.title() + ": " + warmUp + " + " + samples + " samples at " + routes + " routes");
            err.flush();
            Result result = CommitToServe.run(target, routes, samples, warmUp, i -> tick(err, i));
            err.println();
            add(report, target, "PUT answered", result.put(), result);
            add(report, target, "acknowledged (PUT ?wait=applied)", result.acknowledged(), result);
            add(report, target, "first answer by the route", result.firstAnswer(), result);
        }
        report.write(spec.commandLine().getOut(), json.orElseGet(() -> BenchCommand.defaultFile("commit-to-serve")));
        return 0;
    }

    private static void tick(PrintWriter err, int sample) {
        if (sample % 20 == 0) {
            err.print(".");
            err.flush();
        }
    }

    private void add(Report report, Target target, String what, Distribution of, Result result) {
        ObjectNode json = Report.object();
        json.put("target", target.name())
                .put("measure", what)
                .put("routes", routes)
                .put("samples", of.size());
        json.put("p50Millis", of.millis(50)).put("p90Millis", of.millis(90)).put("p99Millis", of.millis(99));
        json.put("maxMillis", of.millis(100));
        report.add(
                List.of(
                        target.title(),
                        what,
                        millis(of.millis(50)),
                        millis(of.millis(90)),
                        millis(of.millis(99)),
                        millis(of.millis(100)),
                        millis(of.millis(50) / result.put().millis(50))),
                json);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
