package io.signalbox.cli;

import io.signalbox.controlplane.app.ControlPlane;
import io.signalbox.controlplane.app.ServerConfigFile;
import io.signalbox.controlplane.app.StartFailed;
import io.signalbox.controlplane.authentication.Secret;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The control plane for production. */
@Command(
        name = "server",
        description = {"Runs the control plane for production.", "", "See docs/server.md for the file."})
final class ServerCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "The configuration, YAML.")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try {
            ControlPlane controlPlane = ControlPlane.start(ServerConfigFile.read(config));
            Shutdown.onSignal(controlPlane::close);
            controlPlane.firstSecret().ifPresent(this::show);
            spec.commandLine()
                    .getErr()
                    .println("ready: REST on port " + controlPlane.restPort() + ", xDS on port "
                            + controlPlane.xdsPort());
        } catch (StartFailed e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        Shutdown.await();
        return 0;
    }

    /** On the console and not in the log, which others read and which is kept. */
    private void show(Secret secret) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("There was no token yet. This is one of an admin, shown only now: " + secret.text());
        err.flush();
    }
}
