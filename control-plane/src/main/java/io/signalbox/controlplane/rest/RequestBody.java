package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.controlplane.rest.body.InvalidBody;
import io.signalbox.controlplane.rest.body.StrictJson;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the JSON of a request. What is wrong ends the request: 400, 413, 415. */
final class RequestBody {
    static final int LARGEST = 1 << 20;

    /**
     * How much of a body that is too large is read nevertheless: a client that is still writing when the connection ends
     * gets to see a broken connection and not the answer.
     */
    private static final long MOST_DRAINED = 32L << 20;

    private RequestBody() {}

    static JsonNode read(InputStream in, HttpHeaders headers) {
        return read(in, headers, LARGEST);
    }

    /** @param largest how many bytes are read at most */
    static JsonNode read(InputStream in, HttpHeaders headers, int largest) {
        byte[] bytes = bytes(in, largest);
        checkEncoding(Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_ENCODING)));
        checkType(Optional.ofNullable(headers.getMediaType()), bytes.length);
        try {
            StrictJson.Document document = StrictJson.parse(bytes);
            if (!document.violations().isEmpty()) {
                throw new ProblemException(Problem.invalid(document.violations()));
            }
            return document.json();
        } catch (InvalidBody e) {
            throw new ProblemException(Problem.invalid(e.violation()));
        }
    }

    private static byte[] bytes(InputStream in, int largest) {
        try {
            byte[] bytes = in.readNBytes(largest + 1);
            if (bytes.length <= largest) {
                return bytes;
            }
            drain(in);
        } catch (IOException e) {
            // Whoever hung up does not get this; whoever sent broken chunks does.
            throw new ProblemException(
                    Problem.of(400, "unreadable", "The body could not be read", "It ended before its end."));
        }
        throw new ProblemException(Problem.of(
                413, "content-too-large", "The body is too large", "at most " + largest + " bytes are read"));
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long drained = 0;
        int read = in.read(buffer);
        while (read >= 0 && drained < MOST_DRAINED) {
            drained += read;
            read = in.read(buffer);
        }
    }

    private static void checkEncoding(Optional<String> encoding) {
        encoding.filter(coding -> !coding.equalsIgnoreCase("identity")).ifPresent(coding -> {
            throw unsupported("a content encoding");
        });
    }

    /** The resource methods say which types they take; what is left is what Jersey lets pass. */
    private static void checkType(Optional<MediaType> type, int length) {
        if (type.isEmpty() && length > 0) {
            throw unsupported("no content type");
        }
        type.map(t -> t.getParameters().get(MediaType.CHARSET_PARAMETER))
                .filter(charset -> !charset.equalsIgnoreCase("utf-8"))
                .ifPresent(charset -> {
                    throw unsupported("another charset than utf-8");
                });
    }

    private static ProblemException unsupported(String found) {
        return new ProblemException(Problem.of(
                415,
                "unsupported-media-type",
                "The content type is not supported",
                found + " (expected: application/json in UTF-8, not compressed)"));
    }
}
