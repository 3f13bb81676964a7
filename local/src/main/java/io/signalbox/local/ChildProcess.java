package io.signalbox.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process that this JVM started and that ends with it at the latest. What it writes to its standard streams goes to
 * files, so that it never waits for a reader. Any thread may call.
 */
final class ChildProcess implements AutoCloseable {
    private static final int TAIL_BYTES = 4_000;
    private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll, "end child processes"));
    }

    private final String name;
    private final Process process;
    private final Path errors;

    private ChildProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
    }

    /**
     * @param output where its standard output goes
     * @param errors where its standard error goes; may be the same file
     * @throws IOException if it cannot be started
     */
    static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path output, Path errors)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        if (output.equals(errors)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        }
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(name, builder.start(), errors);
        RUNNING.add(child);
        child.process.onExit().thenRun(() -> RUNNING.remove(child));
        return child;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Fails if the process has ended.
     *
     * @throws LocalProcessException with its last words
     */
    void checkAlive() {
        if (!process.isAlive()) {
            throw failure("ended with status " + process.exitValue());
        }
    }

    LocalProcessException failure(String what) {
        return new LocalProcessException(name + " " + what + ". Its log ends with:\n" + logTail());
    }

    /** The end of its standard error. */
    String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(errors.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL_BYTES);
            file.seek(start);
            byte[] tail = new byte[(int) (file.length() - start)];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill9() {
        process.destroyForcibly();
        await(Duration.ofSeconds(30));
    }

    /** SIGTERM, and SIGKILL to a process that takes longer than the patience; returns when it is gone. */
    void stop(Duration patience) {
        process.destroy();
        if (!await(patience)) {
            kill9();
        }
    }

    /** Whether the process ended within the time. */
    boolean await(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(10));
    }

    private static void endAll() {
        RUNNING.forEach(child -> child.process.destroy());
        RUNNING.forEach(child -> child.stop(Duration.ofSeconds(10)));
        WorkDirectory.closeAll();
    }
}
