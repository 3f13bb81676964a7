package io.signalbox.conformance.fuzz;

import io.signalbox.conformance.Target;
import io.signalbox.envoy.EnvoyNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks for differences between a real Envoy and the Java data plane. */
@Command(
        name = "fuzz",
        description = {
            "Looks for requests that Envoy and the Java data plane do not treat alike.",
            "",
            "Makes route tables and requests at random, gives both planes the same, and compares what clients and backends see."
                    + " A difference is shrunk and written down as a conformance case. The same seed makes the same tables and"
                    + " requests. Exit code 1 if anything differs that is not on purpose."
        })
public final class FuzzCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides everything (default: a new one, which is printed).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--tables", paramLabel = "N", description = "How many route tables (default: ${DEFAULT-VALUE}).")
    private int tables = 20;

    @Option(names = "--first-table", paramLabel = "N", description = "Where to begin, to see one table again.")
    private int firstTable;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "How many for each table (default: ${DEFAULT-VALUE}).")
    private int requests = 200;

    @Option(
            names = "--target",
            paramLabel = "ENVOY",
            description = "The Envoy to compare with, as in `conformance` (default: ${DEFAULT-VALUE}).")
    private String target = "envoy";

    @Option(names = "--out", paramLabel = "DIR", description = "Where cases go (default: a new temporary directory).")
    private Optional<Path> out = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, EnvoyNotFoundException {
        PrintWriter console = spec.commandLine().getOut();
        long chosen = seed.orElseGet(() -> System.nanoTime() & Integer.MAX_VALUE);
        console.println("seed " + chosen + ", " + tables + " tables, " + requests + " requests each");
        console.flush();
        Path directory = out.isPresent() ? out.get() : Files.createTempDirectory("signalbox-fuzz-");
        Fuzz fuzz = new Fuzz(chosen, firstTable, tables, requests, directory, line -> {
            console.println(line);
            console.flush();
        });
        long start = System.nanoTime();
        Fuzz.Result result = fuzz.run(envoy(), new Target.Reference());
        result.onPurpose().forEach((reason, count) -> console.println(count + " times on purpose: " + reason));
        result.differences().forEach((kind, count) -> console.println(count + " times: " + kind));
        result.cases().forEach(file -> console.println("Case: " + file));
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        console.println(result.requests() + " requests, " + result.differences().size() + " kinds of differences, "
                + seconds + " s");
        console.flush();
        return result.clean() ? 0 : 1;
    }

    private Target envoy() {
        try {
            Target parsed = Target.parse(target);
            if (parsed instanceof Target.Envoy) {
                return parsed;
            }
            throw new IllegalArgumentException(target + " (expected: an Envoy)");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
