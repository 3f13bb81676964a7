package io.signalbox.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.rest.RestApi;
import io.signalbox.controlplane.app.Address;
import io.signalbox.controlplane.app.ControlPlane;
import io.signalbox.controlplane.app.ControlPlaneConfig;
import io.signalbox.controlplane.app.ControlPlaneConfig.Keyset;
import io.signalbox.controlplane.app.StartFailed;
import io.signalbox.controlplane.app.Token;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.local.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A control plane with a Postgres of its own, for trying. */
@Command(
        name = "dev",
        description = {
            "Runs a control plane with a Postgres of its own, on the loopback interface.",
            "",
            "When ready it prints one line of JSON: "
                    + "{\"ready\":true,\"rest\":\"http://127.0.0.1:PORT\",\"xds\":\"127.0.0.1:PORT\",\"token\":\"…\"}. "
                    + "Logs go to stderr. xDS is plaintext here. It starts again on the same directory and ports however it ended."
        })
final class DevCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    @Option(names = "--rest-port", paramLabel = "N", defaultValue = "0", description = "Default: a free one.")
    private int restPort;

    @Option(names = "--xds-port", paramLabel = "N", defaultValue = "0", description = "Default: a free one.")
    private int xdsPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: a temporary directory that goes at the end.")
    private Optional<Path> data = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.isPresent() ? DataDirectory.open(data.get()) : DataDirectory.temporary();
        // The database ends with the JVM, by a hook of its own; a temporary directory must outlive it.
        EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.keptIn(directory.postgres()));
        String token = directory.token();
        ControlPlaneConfig config = new ControlPlaneConfig(
                new DatabaseAddress(database.jdbcUrl(), database.user(), database.password()),
                new Keyset(directory.keyset(), true),
                new Address(LOOPBACK, restPort),
                new Address(LOOPBACK, xdsPort),
                List.of(Token.of("dev", token)));
        ControlPlane controlPlane;
        try {
            controlPlane = ControlPlane.start(config);
        } catch (StartFailed e) {
            database.close();
            directory.close();
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        Shutdown.onSignal(() -> {
            controlPlane.close();
            database.close();
            directory.close();
        });
        printReady(controlPlane, token);
        Shutdown.await();
        return 0;
    }

    private void printReady(ControlPlane controlPlane, String token) {
        ObjectNode ready = RestApi.JSON.createObjectNode();
        ready.put("ready", true);
        ready.put("rest", "http://" + LOOPBACK + ":" + controlPlane.restPort());
        ready.put("xds", LOOPBACK + ":" + controlPlane.xdsPort());
        ready.put("token", token);
        PrintWriter out = spec.commandLine().getOut();
        out.println(ready);
        out.flush();
    }
}
