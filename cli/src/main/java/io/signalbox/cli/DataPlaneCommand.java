package io.signalbox.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.rest.RestApi;
import io.signalbox.dataplane.DataPlane;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the Java data plane. */
@Command(
        name = "data-plane",
        description = {
            "Runs the Java data plane from an Envoy bootstrap.",
            "",
            "When its first config serves, it prints one line of JSON: {\"ready\":true,\"listeners\":[…],\"admin\":\"HOST:PORT\"}."
        })
final class DataPlaneCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "BOOTSTRAP",
            description = "An Envoy bootstrap, YAML or JSON; see `signalbox bootstrap`.")
    private Path bootstrap = Path.of("");

    @Option(
            names = "--listener-port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Is added to the port of every listener, to run beside an Envoy of the same config on one machine.")
    private int listenerPortOffset;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (!Files.isReadable(bootstrap)) {
            throw new NoSuchFileException(bootstrap.toString());
        }
        try (DataPlane dataPlane = DataPlane.start(bootstrap, listenerPortOffset)) {
            Shutdown.onSignal(dataPlane::close);
            dataPlane.whenServing().toCompletableFuture().thenRun(() -> printReady(dataPlane));
            dataPlane.whenClosed().toCompletableFuture().get();
        }
        return 0;
    }

    private void printReady(DataPlane dataPlane) {
        ObjectNode ready = RestApi.JSON.createObjectNode().put("ready", true);
        ArrayNode listeners = ready.putArray("listeners");
        new TreeMap<>(dataPlane.listeners())
                .forEach((name, address) ->
                        listeners.addObject().put("name", name).put("address", hostPort(address)));
        dataPlane.adminAddress().ifPresent(admin -> ready.put("admin", hostPort(admin)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(ready);
        out.flush();
    }

    private static String hostPort(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
