package io.signalbox.local;

import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of several replicas of a control plane, in a JVM of its own: {@code signalbox server}, from this JVM's class path. For one
 * thread, except for the read methods.
 */
public final class ReplicaProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final String TOKEN = "secret";

    /** Of the token. */
    private static final String SHA_256 = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private final WorkDirectory work;
    private final Path config;
    private final int restPort = FreePorts.next();
    private final int xdsPort = FreePorts.next();
    private ChildProcess process;

    private ReplicaProcess(WorkDirectory work, EmbeddedDatabase database, Path keyset) throws IOException {
        this.work = work;
        this.config = Files.writeString(work.path().resolve("server.yml"), """
                database: {url: "%s", user: %s, password: %s}
                keyset: %s
                rest: {host: 127.0.0.1, port: %d}
                xds: {host: 127.0.0.1, port: %d}
                tokens: [{name: test, sha256: %s}]
                """.formatted(
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        keyset.toAbsolutePath(),
                        restPort,
                        xdsPort,
                        SHA_256));
        this.process = launch();
    }

    /**
     * Starts one and returns when it is ready.
     *
     * @param keyset the same file for all replicas
     * @throws LocalProcessException with its log's end if it does not get ready
     */
    public static ReplicaProcess start(EmbeddedDatabase database, Path keyset) {
        try {
            return new ReplicaProcess(WorkDirectory.create("replica"), database, keyset);
        } catch (IOException e) {
            throw new LocalProcessException("the replica cannot be started", e);
        }
    }

    private ChildProcess launch() throws IOException {
        Path log = work.path().resolve("server.log");
        ChildProcess started = ChildProcess.start(
                "control plane",
                JavaCommand.signalbox(List.of(), List.of("server", config.toString())),
                Map.of(),
                log,
                log);
        boolean ready = Waiting.until(START, () -> {
                    started.checkAlive();
                    return Optional.of(isReady()).filter(yes -> yes);
                })
                .isPresent();
        if (!ready) {
            started.kill9();
            throw started.failure("is not ready after " + START);
        }
        return started;
    }

    private boolean isReady() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(rest() + "/readyz").toURL().openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }

    private String rest() {
        return "http://127.0.0.1:" + restPort;
    }

    public ApiClient api() {
        return new ApiClient(rest(), TOKEN);
    }

    public HostPort xds() {
        return new HostPort("127.0.0.1", xdsPort);
    }

    public void kill9() {
        process.kill9();
    }

    /** Starts it again, after {@link #kill9()}, on the same ports. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new LocalProcessException("the replica cannot be started", e);
        }
    }

    @Override
    public void close() {
        process.stop(STOP);
        work.close();
    }
}
