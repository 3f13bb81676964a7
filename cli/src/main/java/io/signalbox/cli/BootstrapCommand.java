package io.signalbox.cli;

import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.envoy.EnvoyBootstrap.Protocol;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the file an Envoy, or the Java data plane, starts from. */
@Command(name = "bootstrap", description = "Prints the bootstrap that an Envoy or the Java data plane starts from.")
final class BootstrapCommand implements Callable<Integer> {
    @Option(names = "--node-id", required = true, paramLabel = "ID", description = "The proxy's name; unique.")
    private String nodeId = "";

    @Option(
            names = "--fleet",
            paramLabel = "FLEET",
            defaultValue = EnvoyBootstrap.DEFAULT_FLEET,
            description = "The fleet it belongs to (default: ${DEFAULT-VALUE}).")
    private String fleet = "";

    @Option(
            names = "--xds",
            paramLabel = "HOST:PORT",
            split = ",",
            defaultValue = "127.0.0.1:18000",
            description = {
                "Where the control plane serves xDS (default: ${DEFAULT-VALUE}). Repeatable, or with commas between:",
                "each replica once. The proxy goes to another one when the one that it follows is gone."
            })
    private List<String> xds = List.of();

    @Option(
            names = "--admin-port",
            paramLabel = "N",
            defaultValue = "9901",
            description = "The port of the proxy's admin interface, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(
            names = "--admin-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address of the admin interface, which has no protection of its own (default: ${DEFAULT-VALUE}).")
    private String adminAddress = "";

    @Option(names = "--delta", description = "Incremental xDS instead of state of the world.")
    private boolean delta;

    @Option(
            names = "--stats-interval",
            paramLabel = "DURATION",
            description = "How often latencies are reported, 1s or 0.5s (default: Envoy's 5s).")
    private Optional<String> statsInterval = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            EnvoyBootstrap.Builder bootstrap = EnvoyBootstrap.builder(
                            nodeId, xds.stream().map(HostPort::parse).toList())
                    .fleet(fleet)
                    .protocol(delta ? Protocol.DELTA : Protocol.SOTW)
                    .admin(new HostPort(adminAddress, adminPort));
            statsInterval.map(BootstrapCommand::seconds).ifPresent(bootstrap::statsInterval);
            String yaml = bootstrap.build().toYaml();
            spec.commandLine().getOut().print(yaml);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?s")) {
            throw new IllegalArgumentException("--stats-interval " + text + " (expected: seconds such as 1s or 0.5s)");
        }
        BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
        return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }
}
