package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.ExperimentVisitors.Agreement;
import io.signalbox.benchmarks.ExperimentVisitors.Independence;
import io.signalbox.local.EchoBackend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link ExperimentVisitors}. */
@Command(
        name = "experiment-visitors",
        mixinStandardHelpOptions = true,
        description = {
            "Decides over many visitors of 200 pairs of 50/50 experiments and of 20 layers with ten experiments each: by the "
                    + "routing library whether pairs are independent and layers exclude, then over two Envoys and the Java "
                    + "data plane whether these decide alike and whether browsers stay where their first answer came from.",
            "",
            "Exit code 1 when anything of it is not so. By chance it is not in one of a hundred runs; a seed gives the same."
        })
final class ExperimentVisitorsCommand implements Callable<Integer> {
    /** Of one degree of freedom, exceeded with probability 0.01 / 200: one of a hundred runs has one that is larger. */
    private static final double LARGEST_OF_PAIRS = 16.45;
    /** With probability 0.01 / 79,800, for every two of the 400. */
    private static final double LARGEST_OF_ALL = 27.93;

    @Option(names = "--visitors", paramLabel = "N", defaultValue = "20000", description = "default: ${DEFAULT-VALUE}")
    private int visitors;

    @Option(
            names = "--browsers",
            paramLabel = "N",
            defaultValue = "2000",
            description = "That come without a cookie; default: ${DEFAULT-VALUE}")
    private int browsers;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Default: below the build output.")
    private Optional<Path> json = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Report report = new Report("experiment-visitors", List.of("WHAT", "OF", "FOUND", "AT MOST"));
    private boolean good = true;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        ExperimentVisitors experiments = new ExperimentVisitors(visitors, seed);
        Independence independence = experiments.independence();
        add("chi-squared, largest", independence.pairs(), LARGEST_OF_PAIRS);
        add("chi-squared, largest of every two", independence.all(), LARGEST_OF_ALL);
        add("not in exactly one of a layer", 20L * visitors, experiments.exclusionBroken(), 0);
        err.println("experiments on two Envoys and the Java data plane");
        err.flush();
        try (Fleet fleet = Fleet.start()) {
            fleet.create("pools", "a", BenchStack.pool(fleet.open(EchoBackend.start("a"))));
            fleet.create("pools", "b", BenchStack.pool(fleet.open(EchoBackend.start("b"))));
            experiments.create(fleet.api());
            fleet.create("pools", "last", BenchStack.pool(fleet.open(EchoBackend.start("last"))));
            for (Fleet.Proxy proxy : List.of(Fleet.Proxy.JAVA_PLANE, Fleet.Proxy.ENVOY_A)) {
                String plane = proxy == Fleet.Proxy.JAVA_PLANE ? "Java plane: " : "Envoys: ";
                err.println(plane);
                err.flush();
                add(plane + "elsewhere than decided", experiments.agreement(fleet.client(proxy)));
                add(plane + "elsewhere than first", experiments.returning(fleet.client(proxy), browsers));
            }
        }
        report.write(
                spec.commandLine().getOut(), json.orElseGet(() -> BenchCommand.defaultFile("experiment-visitors")));
        return good ? 0 : 1;
    }

    private void add(String what, Agreement agreement) {
        add(what, agreement.answers(), agreement.otherwise(), 0);
    }

    private void add(String what, double[] sorted, double most) {
        double median = sorted[sorted.length / 2];
        double largest = Arrays.stream(sorted).max().orElseThrow();
        row(what, "" + sorted.length, format(largest) + ", median " + format(median), largest, most);
    }

    private void add(String what, long of, long found, long most) {
        row(what, "" + of, "" + found, found, most);
    }

    private void row(String what, String of, String found, double value, double most) {
        good = good && value <= most;
        ObjectNode result =
                Report.object().put("what", what).put("found", value).put("most", most);
        report.add(List.of(what, of, found, "" + most), result);
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
