package io.signalbox.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Java data plane in a JVM of its own: {@code signalbox data-plane}, from this JVM's class path. Any thread may call.
 */
public final class DataPlaneProcess implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final WorkDirectory directory;
    private final Path output;
    private final ChildProcess process;

    private DataPlaneProcess(WorkDirectory directory, Path output, ChildProcess process) {
        this.directory = directory;
        this.output = output;
        this.process = process;
    }

    /**
     * @param listenerPortOffset is added to the port of every listener, so that an Envoy of the same config can run
     *     beside it
     * @param jvmOptions {@code -Xmx1g} …
     */
    public record Options(int listenerPortOffset, List<String> jvmOptions) {
        public static final Options DEFAULT = new Options(0, List.of());

        public Options {
            jvmOptions = List.copyOf(jvmOptions);
        }
    }

    /** Starts one; {@link #awaitReady} tells when it serves. */
    public static DataPlaneProcess start(String bootstrapYaml, Options options) {
        try {
            WorkDirectory directory = WorkDirectory.create("data-plane");
            Path bootstrap = Files.writeString(directory.path().resolve("bootstrap.yaml"), bootstrapYaml);
            Path output = Files.createFile(directory.path().resolve("ready.out"));
            List<String> arguments = List.of(
                    "data-plane",
                    "-c",
                    bootstrap.toString(),
                    "--listener-port-offset",
                    "" + options.listenerPortOffset());
            ChildProcess process = ChildProcess.start(
                    "Java data plane",
                    JavaCommand.signalbox(options.jvmOptions(), arguments),
                    Map.of(),
                    output,
                    directory.path().resolve("data-plane.log"));
            return new DataPlaneProcess(directory, output, process);
        } catch (IOException e) {
            throw new LocalProcessException("the Java data plane cannot be started", e);
        }
    }

    /**
     * What it said when its first config served.
     *
     * @param listeners by name
     */
    public record Ready(Map<String, InetSocketAddress> listeners, Optional<InetSocketAddress> admin) {}

    /**
     * Waits until its first config serves.
     *
     * @throws LocalProcessException with its log's end, when it ends before or after the timeout
     */
    public Ready awaitReady(Duration timeout) {
        JsonNode line = ReadyLine.await(process, output, timeout);
        Map<String, InetSocketAddress> listeners = new LinkedHashMap<>();
        for (JsonNode listener : line.path("listeners")) {
            listeners.put(listener.path("name").asText(), address(listener.path("address")));
        }
        return new Ready(listeners, line.has("admin") ? Optional.of(address(line.path("admin"))) : Optional.empty());
    }

    private static InetSocketAddress address(JsonNode text) {
        HostPort parsed = HostPort.parse(text.asText());
        return new InetSocketAddress(parsed.host(), parsed.port());
    }

    /** Where its standard output goes: the line that says it is ready, and access logs. */
    public Path output() {
        return output;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String logTail() {
        return process.logTail();
    }

    /** SIGKILL. */
    public void kill9() {
        process.kill9();
    }

    /** SIGTERM, then SIGKILL after 10 s. */
    @Override
    public void close() {
        process.stop(STOP);
        directory.close();
    }
}
