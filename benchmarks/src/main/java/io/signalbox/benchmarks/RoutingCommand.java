package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link RoutingBenchmark} by JMH. */
@Command(
        name = "routing",
        mixinStandardHelpOptions = true,
        description = "Times one routing decision by the number of routes, and counts the bytes it allocates (JMH).")
final class RoutingCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "of each row; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "default: below the build output")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, RunnerException {
        Report report = new Report("routing", List.of("Routes", "Form", "ns a decision", "±", "B allocated"));
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(RoutingBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(seconds)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs("-Xmx2g")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            add(report, result);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        report.write(out, json == null ? BenchCommand.defaultFile("routing") : json);
        return 0;
    }

    private static void add(Report report, RunResult result) {
        String routes = result.getParams().getParam("routes");
        String form = result.getParams().getParam("form");
        Result<?> time = result.getPrimaryResult();
        double allocated = result.getSecondaryResults().entrySet().stream()
                .filter(e -> e.getKey().endsWith("gc.alloc.rate.norm"))
                .map(Map.Entry::getValue)
                .mapToDouble(Result::getScore)
                .findFirst()
                .orElse(Double.NaN);
        ObjectNode object = Report.object();
        object.put("routes", Integer.parseInt(routes));
        object.put("form", form);
        object.put("nanoseconds", time.getScore());
        object.put("error", time.getScoreError());
        object.put("bytes", allocated);
        report.add(
                List.of(
                        routes,
                        form.toLowerCase(Locale.ROOT),
                        String.format(Locale.ROOT, "%.0f", time.getScore()),
                        String.format(Locale.ROOT, "%.0f", time.getScoreError()),
                        String.format(Locale.ROOT, "%.0f", allocated)),
                object);
    }
}
