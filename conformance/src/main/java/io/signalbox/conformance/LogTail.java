package io.signalbox.conformance;

import io.signalbox.local.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a proxy writes to its standard output, line by line, as it comes. For one thread. */
final class LogTail {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path file;
    private long position;

    LogTail(Path file) {
        this.file = file;
    }

    /** What is there now is not to be read. */
    void skip() {
        position = file.toFile().length();
    }

    /** The next line, which is waited for. */
    Optional<String> next() {
        return Waiting.until(PATIENCE, this::read);
    }

    private Optional<String> read() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] rest = new byte[(int) (log.length() - position)];
            log.seek(position);
            log.readFully(rest);
            String text = new String(rest, StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\n');
            if (end < 0) {
                return Optional.empty();
            }
            position += end + 1;
            return Optional.of(text.substring(0, end));
        }
    }
}
