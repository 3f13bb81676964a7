package io.signalbox.cli;

import io.signalbox.local.EchoBackend;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs backends for trying things. */
@Command(
        name = "echo",
        description = {
            "Runs HTTP servers that answer with who they are and what they were asked, in JSON.",
            "",
            "For trying routes without servers of your own."
        })
final class EchoCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "NAME=PORT",
            description = "A server's name and its port, 0 for a free one.")
    private Map<String, Integer> servers = Map.of();

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The local address to listen on (default: ${DEFAULT-VALUE}).")
    private String address = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        List<EchoBackend> backends = new ArrayList<>();
        Shutdown.onSignal(() -> backends.forEach(EchoBackend::close));
        new TreeMap<>(servers).forEach((name, port) -> {
            EchoBackend backend = EchoBackend.start(name, new InetSocketAddress(address, port));
            backends.add(backend);
            spec.commandLine().getErr().println(name + " listens on port " + backend.port());
        });
        Shutdown.await();
        return 0;
    }
}
