package io.signalbox.envoy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands to their end. */
final class Command {
    private static final int SUMMARY_LENGTH = 400;

    private Command() {}

    /**
     * @param output of both streams
     */
    record Result(boolean succeeded, String output, String failure) {
        /** One line for a list of what was tried. */
        String summary() {
            String text = output.strip().replaceAll("\\s+", " ");
            String tail = text.length() > SUMMARY_LENGTH ? "…" + text.substring(text.length() - SUMMARY_LENGTH) : text;
            return failure + (tail.isEmpty() ? "" : ", saying: " + tail);
        }
    }

    static Result run(List<String> command, long timeoutSeconds) {
        Path output = Path.of("");
        try {
            // A file and not a pipe: a command that leaves children behind would keep a pipe open.
            output = Files.createTempFile("signalbox-command", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            String how =
                    ended ? "ended with status " + process.exitValue() : "took longer than " + timeoutSeconds + " s";
            return new Result(ended && process.exitValue() == 0, text, how);
        } catch (IOException e) {
            return new Result(false, "", "could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(false, "", "was interrupted");
        } finally {
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            if (!file.toString().isEmpty()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
