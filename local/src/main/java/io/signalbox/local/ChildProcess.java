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
    private final Signal stopSignal;
    private final Process process;
    private final Path errors;

    private ChildProcess(String name, Signal stopSignal, Process process, Path errors) {
        this.name = name;
        this.stopSignal = stopSignal;
        this.process = process;
        this.errors = errors;
    }

    /** What a process takes as the request to end in good order. */
    enum Signal {
        TERM,
        INT;

        void sendTo(ProcessHandle process) {
            if (this == TERM) {
                process.destroy();
                return;
            }
            try {
                // Java itself can send SIGTERM and SIGKILL only.
                new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + process.pid())
                        .start()
                        .waitFor(10, TimeUnit.SECONDS);
            } catch (IOException e) {
                process.destroy();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * @param output where its standard output goes
     * @param errors where its standard error goes; may be the same file
     * @throws IOException if it cannot be started
     */
    static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path output, Path errors)
            throws IOException {
        return start(name, Signal.TERM, command, environment, output, errors);
    }

    static ChildProcess start(
            String name,
            Signal stopSignal,
            List<String> command,
            Map<String, String> environment,
            Path output,
            Path errors)
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
        ChildProcess child = new ChildProcess(name, stopSignal, builder.start(), errors);
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

    /** Of a process that has ended. */
    int exitStatus() {
        return process.exitValue();
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

    /** Its stop signal, and SIGKILL to a process that takes longer than the patience; returns when it is gone. */
    void stop(Duration patience) {
        if (process.isAlive()) {
            stopSignal.sendTo(process.toHandle());
        }
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
        RUNNING.forEach(child -> child.stopSignal.sendTo(child.process.toHandle()));
        RUNNING.forEach(child -> child.stop(Duration.ofSeconds(10)));
        WorkDirectory.closeAll();
    }
}
