package io.signalbox.benchmarks;

import java.nio.file.Path;
import picocli.CommandLine.Command;

/** The benchmarks by name. */
@Command(
        name = "bench",
        description = "Runs a benchmark on this machine: a table for people, JSON beside it.",
        subcommands = {
            CommitToServeCommand.class,
            SwitchesCommand.class,
            RoutingCommand.class,
            CanaryJudgeCommand.class,
            CanaryRollbackCommand.class,
            CanaryUsersCommand.class,
            ExperimentVisitorsCommand.class,
            ExperimentsCommand.class,
            SampleRatioCommand.class
        })
public final class BenchCommand {
    /** Where the JSON goes when no option says it: below the build output, which is never committed. */
    static Path defaultFile(String benchmark) {
        String home = System.getProperty("signalbox.home", "");
        Path directory = home.isEmpty() ? Path.of("") : Path.of(home, "benchmarks", "target");
        return directory.resolve("bench-" + benchmark + ".json");
    }
}
