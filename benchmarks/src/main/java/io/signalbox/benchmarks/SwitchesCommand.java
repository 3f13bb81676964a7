package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.Switches.Result;
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

/** Runs {@link Switches}. */
@Command(
        name = "switches",
        mixinStandardHelpOptions = true,
        description = {
            "Switches a route between two pools under traffic, deleting the pool it left each time, and counts the answers "
                    + "other than 200.",
            "",
            "Exit code 1 when there is any."
        })
final class SwitchesCommand implements Callable<Integer> {
    @Option(names = "--switches", paramLabel = "N", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
    private int switches;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "8",
            description = "Threads; default: ${DEFAULT-VALUE}")
    private int clients;

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
                "switches", List.of("TARGET", "SWITCHES", "PER SECOND", "REQUESTS", "PER SECOND", "NOT 200"));
        long failed = 0;
        for (Target target : targets) {
            err.println(target.title() + ": " + switches + " switches under " + clients + " clients");
            err.flush();
            Result result = Switches.run(target, switches, clients, i -> tick(err, i));
            err.println();
            failed += result.failed();
            add(report, result);
        }
        report.write(spec.commandLine().getOut(), json.orElseGet(() -> BenchCommand.defaultFile("switches")));
        return failed == 0 ? 0 : 1;
    }

    private static void tick(PrintWriter err, int number) {
        if (number % 50 == 0) {
            err.print(".");
            err.flush();
        }
    }

    private static void add(Report report, Result result) {
        double seconds = result.took().toMillis() / 1000.0;
        ObjectNode json = Report.object();
        json.put("target", result.target().name()).put("switches", result.switches());
        json.put("requests", result.requests()).put("seconds", seconds);
        ObjectNode failures = json.putObject("failures");
        result.failures().forEach(failures::put);
        report.add(
                List.of(
                        result.target().title(),
                        "" + result.switches(),
                        rate(result.switches() / seconds),
                        "" + result.requests(),
                        rate(result.requests() / seconds),
                        result.failed() + (result.failures().isEmpty() ? "" : " " + result.failures())),
                json);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.0f", perSecond);
    }
}
