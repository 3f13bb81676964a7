package io.signalbox.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One Postgres data directory and the process that serves it, if one does. */
final class PostgresServer {
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration INIT = Duration.ofSeconds(120);

    /** SIGTERM would wait for all clients to leave by themselves. */
    private static final ChildProcess.Signal FAST_SHUTDOWN = ChildProcess.Signal.INT;

    /** Postgres: src/include/utils/pidfile.h, LOCK_FILE_LINE_PM_STATUS, counted from 0. */
    private static final int STATUS_LINE = 7;

    private final PostgresBinaries binaries;
    private final Path data;
    private final Path log;
    private final boolean durable;
    private @Nullable ChildProcess process;

    private PostgresServer(PostgresBinaries binaries, Path data, Path log, boolean durable) {
        this.binaries = binaries;
        this.data = data;
        this.log = log;
        this.durable = durable;
    }

    /** Makes a data directory in the given one unless it is there, and ends a server that was left behind on it. */
    static PostgresServer prepare(Path directory, boolean durable) throws IOException {
        Files.createDirectories(directory);
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        Path data = directory.toRealPath().resolve("data");
        PostgresServer server = new PostgresServer(binaries, data, data.resolveSibling("postgres.log"), durable);
        endLeftBehind(directory);
        if (!Files.exists(data)) {
            server.init();
        }
        return server;
    }

    /** A directory whose making was cut short must not be taken for a database: it gets its name when it is complete. */
    private void init() throws IOException {
        Path unfinished = data.resolveSibling("data.unfinished");
        WorkDirectory.deleteTree(unfinished);
        List<String> command = asServerUser(binaries.initdb());
        command.addAll(EmbeddedDatabase.initArguments(unfinished, durable));
        ChildProcess initdb = ChildProcess.start("initdb", command, Map.of(), log, log);
        if (!initdb.await(INIT)) {
            initdb.kill9();
            throw initdb.failure("took longer than " + INIT);
        }
        if (initdb.exitStatus() != 0) {
            throw initdb.failure("ended with status " + initdb.exitStatus());
        }
        Files.move(unfinished, data);
    }

    /** Postgres refuses to run as root. In a user namespace of its own, root's process has no privileges at all. */
    private static List<String> asServerUser(Path program) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program.toString());
        return command;
    }

    synchronized void start(int port) throws IOException {
        List<String> command = new ArrayList<>();
        // Ctrl-C at a terminal goes to the whole group; the JVM ends Postgres itself, after those who use it.
        command.add("setsid");
        command.addAll(asServerUser(binaries.postgres()));
        command.addAll(List.of("-D", data.toString(), "-h", "127.0.0.1", "-p", "" + port, "-k", ""));
        new TreeMap<>(EmbeddedDatabase.settings(durable))
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        process = ChildProcess.start("Postgres", FAST_SHUTDOWN, command, Map.of(), log, log);
    }

    /**
     * Whether our process says in its pid file that it takes connections. A connection alone would prove nothing: another
     * server may have the port.
     */
    synchronized boolean isReady() throws IOException {
        if (process == null) {
            return false;
        }
        process.checkAlive();
        Path pidFile = data.resolve("postmaster.pid");
        List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        return lines.size() > STATUS_LINE
                && lines.get(0).equals(Long.toString(process.pid()))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    synchronized LocalProcessException failure(String what) {
        return process == null ? new LocalProcessException("Postgres " + what) : process.failure(what);
    }

    synchronized void kill9() {
        if (process != null) {
            process.kill9();
        }
    }

    synchronized void stopFast(Duration patience) {
        if (process != null) {
            process.stop(patience);
        }
    }

    /** Whether a server had been left behind in the directory. It has ended when this returns. */
    static boolean endLeftBehind(Path directory) throws IOException {
        Path data = directory.toAbsolutePath().resolve("data");
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        Optional<ProcessHandle> left = findServer(pidFile, data);
        left.ifPresent(PostgresServer::end);
        // A pid that belongs to something else by now would keep Postgres from starting.
        Files.deleteIfExists(pidFile);
        return left.isPresent();
    }

    /** The process of the pid file's first line, if it is a Postgres that works on this very directory. */
    private static Optional<ProcessHandle> findServer(Path pidFile, Path data) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.get(0).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> isServerOf(handle, data));
    }

    private static boolean isServerOf(ProcessHandle handle, Path data) {
        Path proc = Path.of("/proc", Long.toString(handle.pid()));
        try {
            String program = Files.readString(proc.resolve("comm")).strip();
            return program.equals("postgres") && Files.isSameFile(proc.resolve("cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(ProcessHandle server) {
        FAST_SHUTDOWN.sendTo(server);
        if (!hasEnded(server)) {
            server.destroyForcibly();
            if (!hasEnded(server)) {
                throw new LocalProcessException(
                        "Postgres with pid " + server.pid() + " was left behind and does not end");
            }
        }
    }

    private static boolean hasEnded(ProcessHandle server) {
        return Waiting.until(STOP, () -> Optional.of(!server.isAlive()).filter(ended -> ended))
                .isPresent();
    }
}
