package io.signalbox.cli;

import io.signalbox.benchmarks.BenchCommand;
import io.signalbox.cli.quickstart.QuickstartCommand;
import io.signalbox.cli.routecheck.RouteCheckCommand;
import io.signalbox.conformance.ConformanceCommand;
import io.signalbox.conformance.fuzz.FuzzCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one entry point: every part of Signalbox is a subcommand. */
@Command(
        name = "signalbox",
        description = "A control plane for a fleet of Envoy proxies, without Kubernetes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            QuickstartCommand.class,
            DevCommand.class,
            ServerCommand.class,
            DataPlaneCommand.class,
            BootstrapCommand.class,
            ApplyCommand.class,
            ExportCommand.class,
            NodesCommand.class,
            CanaryCommand.class,
            ExperimentCommand.class,
            ExplainCommand.class,
            RouteCheckCommand.class,
            ConformanceCommand.class,
            FuzzCommand.class,
            BenchCommand.class,
            TokenCommand.class,
            KeysetCommand.class,
            EchoCommand.class,
            TestCertificateCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed; the reason is on stderr", "2:the command line is wrong"},
        footerHeading = "%n",
        footer = "Start with: signalbox quickstart")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine
                .getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        commandLine.setExecutionExceptionHandler(new FailureHandler());
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }
}
