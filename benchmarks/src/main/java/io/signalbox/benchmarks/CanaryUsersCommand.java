package io.signalbox.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.benchmarks.CanaryUsers.Options;
import io.signalbox.benchmarks.CanaryUsers.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@link CanaryUsers}. */
@Command(
        name = "canary-users",
        mixinStandardHelpOptions = true,
        description = {
            "Users with cookie jars meet a canary that rises to 5, 10, 25, 50 and 100 %% and is aborted, through two Envoys and "
                    + "the Java data plane, and then two canaries at once. Counts who is on the canary, who changes arm while "
                    + "the share stands, who is answered differently by two proxies, and who leaves the canary as it rises.",
            "",
            "Exit code 1 when a count is not 0 that has to be, or a share misses by more than 5 standard deviations."
        })
final class CanaryUsersCommand implements Callable<Integer> {
    @Option(names = "--users", paramLabel = "N", defaultValue = "20000", description = "Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "8",
            description = "Threads, each with a connection to each proxy; default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(names = "--seed", paramLabel = "N", description = "Of the users' dice; default: another one each time.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Default: below the build output.")
    private Optional<Path> json = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        long chosen = seed.orElseGet(() -> (long) ThreadLocalRandom.current().nextInt(1_000_000));
        out.println(users + " users, seed " + chosen);
        Result result = CanaryUsers.run(new Options(users, clients, chosen), part -> {
            err.println(part);
            err.flush();
        });
        report(result, chosen).write(out, json.orElseGet(() -> BenchCommand.defaultFile("canary-users")));
        double seconds = result.took().toMillis() / 1000.0;
        out.printf(Locale.ROOT, "%d requests in %.0f s%n", result.requests(), seconds);
        result.faults().forEach(fault -> err.println("wrong: " + fault));
        return result.faults().isEmpty() ? 0 : 1;
    }

    private static Report report(Result result, long seed) {
        Report report = new Report(
                "canary-users",
                List.of(
                        "STEP",
                        "USERS ON CANARY",
                        "SHARE",
                        "TOLERANCE",
                        "CHANGED ARM",
                        "PROXIES DIFFER",
                        "LEFT",
                        "canary=true ON CANARY",
                        "canary=false ON CANARY",
                        "FAILED"));
        report.put("seed", seed);
        report.put("requests", result.requests());
        report.put("milliseconds", result.took().toMillis());
        result.steps().forEach(step -> add(report, step));
        report.startTable(List.of(
                "TWO CANARIES OF 50 %",
                "ON BOTH", "ON THE FIRST", "ON THE SECOND", "ON NEITHER", "χ²", "LIMIT", "CHANGED ARM", "FAILED"));
        result.pairs().forEach(pair -> add(report, pair));
        return report;
    }

    private static void add(Report report, CanaryStep step) {
        Census users = step.users();
        ObjectNode json = Report.object();
        json.put("weight", step.weight()).put("share", step.share()).put("tolerance", step.tolerance());
        json.put("left", step.left());
        json.set("users", users.toJson());
        json.set("testers", step.testers().toJson());
        json.set("decliners", step.decliners().toJson());
        report.add(
                List.of(
                        step.isAborted() ? "aborted" : step.weight() + " %",
                        "" + users.onCanary(),
                        String.format(Locale.ROOT, "%.2f %%", step.share()),
                        String.format(Locale.ROOT, "± %.2f", step.tolerance()),
                        "" + step.all(Census::changed),
                        "" + step.all(Census::apart),
                        step.isAborted() ? "all" : "" + step.left(),
                        ofAll(step.testers()),
                        ofAll(step.decliners()),
                        "" + step.all(Census::failed)),
                json);
    }

    private static String ofAll(Census forced) {
        return forced.onCanary() + " of " + forced.users();
    }

    private static void add(Report report, CanaryPair pair) {
        ObjectNode json = Report.object();
        json.put("pair", pair.what()).put("both", pair.both()).put("first", pair.first());
        json.put("second", pair.second()).put("neither", pair.neither());
        json.put("chiSquared", pair.chiSquared()).put("limit", CanaryPair.LIMIT);
        json.put("changed", pair.changed()).put("failed", pair.failed());
        report.add(
                List.of(
                        pair.what(),
                        "" + pair.both(),
                        "" + pair.first(),
                        "" + pair.second(),
                        "" + pair.neither(),
                        String.format(Locale.ROOT, "%.2f", pair.chiSquared()),
                        String.format(Locale.ROOT, "%.0f", CanaryPair.LIMIT),
                        "" + pair.changed(),
                        "" + pair.failed()),
                json);
    }
}
