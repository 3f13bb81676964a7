package io.signalbox.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A control plane on an embedded Postgres in a JVM of its own: {@code signalbox dev}, from this JVM's class path. For one
 * thread, except for the read methods.
 */
public final class ControlPlaneProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    /** Where `dev` keeps its Postgres within its data directory. */
    private static final String DATABASE = "postgres";

    private static final Duration STOP = Duration.ofSeconds(20);

    private final WorkDirectory work;
    private final Path data;
    private final Options options;
    private Running running;

    private ControlPlaneProcess(WorkDirectory work, Path data, Options options) {
        this.work = work;
        this.data = data;
        this.options = options;
        this.running = launch(options.restPort(), options.xdsPort());
    }

    /**
     * @param data its directory, kept; empty for one that goes when the process is closed
     * @param restPort 0 for a free one, likewise {@code xdsPort}
     * @param jvmOptions {@code -Xmx1g} …
     */
    public record Options(Optional<Path> data, int restPort, int xdsPort, List<String> jvmOptions) {
        public static final Options DEFAULT = new Options(Optional.empty(), 0, 0, List.of());

        public Options {
            jvmOptions = List.copyOf(jvmOptions);
        }
    }

    private record Running(ChildProcess process, String rest, HostPort xds, String token) {}

    public static ControlPlaneProcess start() {
        return start(Options.DEFAULT);
    }

    /**
     * Starts one and returns when it is ready.
     *
     * @throws LocalProcessException with its log's end if it does not get ready
     */
    public static ControlPlaneProcess start(Options options) {
        try {
            WorkDirectory work = WorkDirectory.create("control-plane");
            Path data = options.data().orElseGet(() -> work.path().resolve("data"));
            return new ControlPlaneProcess(work, data, options);
        } catch (IOException e) {
            throw new LocalProcessException("no directory for the control plane", e);
        }
    }

    private Running launch(int restPort, int xdsPort) {
        List<String> arguments = new ArrayList<>(List.of("dev", "--data", data.toString()));
        if (restPort != 0) {
            arguments.addAll(List.of("--rest-port", "" + restPort));
        }
        if (xdsPort != 0) {
            arguments.addAll(List.of("--xds-port", "" + xdsPort));
        }
        try {
            Path output = Files.createTempFile(work.path(), "ready", ".out");
            ChildProcess process = ChildProcess.start(
                    "control plane",
                    JavaCommand.signalbox(options.jvmOptions(), arguments),
                    Map.of(),
                    output,
                    work.path().resolve("control-plane.log"));
            JsonNode ready = ReadyLine.await(process, output, START);
            return new Running(
                    process,
                    ready.path("rest").asText(),
                    HostPort.parse(ready.path("xds").asText()),
                    ready.path("token").asText());
        } catch (IOException e) {
            throw new LocalProcessException("the control plane cannot be started", e);
        }
    }

    /** {@code http://127.0.0.1:PORT} */
    public String rest() {
        return running.rest();
    }

    public HostPort xds() {
        return running.xds();
    }

    public String token() {
        return running.token();
    }

    public ApiClient api() {
        return new ApiClient(rest(), token());
    }

    public long pid() {
        return running.process().pid();
    }

    public boolean isAlive() {
        return running.process().isAlive();
    }

    public String logTail() {
        return running.process().logTail();
    }

    /** SIGKILL to the JVM; its Postgres stays behind, as it would for a user. */
    public void kill9() {
        running.process().kill9();
    }

    /** SIGTERM, and SIGKILL if that takes too long. */
    public void stop() {
        running.process().stop(STOP);
    }

    /** Starts it again, after {@link #kill9()} or {@link #stop()}, on the same data and the same ports. */
    public void restart() {
        int restPort = HostPort.parse(rest().substring("http://".length())).port();
        running = launch(restPort, xds().port());
    }

    /** Ends it and the Postgres that a kill may have left behind. A data directory of the caller's stays. */
    @Override
    public void close() {
        stop();
        EmbeddedDatabase.endLeftBehind(data.resolve(DATABASE));
        work.close();
    }
}
