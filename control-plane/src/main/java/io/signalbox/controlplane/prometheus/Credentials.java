package io.signalbox.controlplane.prometheus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** What a Prometheus is shown. Neither printing it nor its exceptions tell what it is. Any thread. */
@FunctionalInterface
public interface Credentials {
    Credentials NONE = Optional::empty;

    /**
     * The {@code Authorization} header, if there is to be one.
     *
     * @throws IOException when it cannot be read, or is none
     */
    Optional<String> header() throws IOException;

    /** Where a secret is. */
    @FunctionalInterface
    interface SecretText {
        String read() throws IOException;

        /** Read again each time: whoever issues tokens for an hour writes the next one into the same file. */
        static SecretText in(Path file) {
            return () -> Files.readString(file).strip();
        }
    }

    /** As in RFC 6750, section 2.1. */
    static Credentials bearer(SecretText token) {
        return () -> Optional.of("Bearer " + checked(token.read()));
    }

    /** As in RFC 7617. */
    static Credentials basic(String user, SecretText password) {
        return () -> Optional.of("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password.read()).getBytes(StandardCharsets.UTF_8)));
    }

    private static String checked(String token) throws IOException {
        if (!token.matches("[!-~]+")) {
            throw new IOException("the bearer token is empty or has characters that a token cannot have");
        }
        return token;
    }
}
