package io.signalbox.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The line of JSON with which a {@code signalbox} process says on its standard output that it is ready. */
final class ReadyLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ReadyLine() {}

    /**
     * @throws LocalProcessException when the process ends without it, or after the timeout, which ends the process
     */
    static JsonNode await(ChildProcess process, Path output, Duration timeout) {
        Optional<JsonNode> line = Waiting.until(timeout, () -> {
            Optional<JsonNode> found = find(output);
            if (found.isEmpty()) {
                process.checkAlive();
            }
            return found;
        });
        if (line.isEmpty()) {
            process.stop(PATIENCE); // asked first, so that it ends what it started itself
            throw process.failure("did not say that it is ready within " + timeout);
        }
        return line.get();
    }

    private static Optional<JsonNode> find(Path output) throws IOException {
        // Only complete lines: the last one may be half written.
        String text = Files.readString(output);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (line.startsWith("{")) {
                JsonNode json = JSON.readTree(line);
                if (json.path("ready").asBoolean()) {
                    return Optional.of(json);
                }
            }
        }
        return Optional.empty();
    }
}
