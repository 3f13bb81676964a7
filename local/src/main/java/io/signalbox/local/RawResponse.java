package io.signalbox.local;

import io.signalbox.local.RawRequest.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * An HTTP/1.1 response as it came.
 *
 * @param headers in the order received, names as received
 * @param body without the chunking
 */
public record RawResponse(int status, String reason, List<Header> headers, byte[] body) {
    public RawResponse {
        headers = List.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The body read as UTF-8, after gzip is undone; what only calls itself gzip is read as it is. */
    public String text() {
        if (header("content-encoding").filter("gzip"::equals).isPresent()) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return new String(body, StandardCharsets.UTF_8);
            }
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The values of all lines of a header, in order; names compare without regard to case. */
    public List<String> headers(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The value of a header's first line. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** Which echo backend answered; empty when the proxy did by itself. */
    public Optional<String> backend() {
        return header(EchoBackend.NAME_HEADER);
    }

    /** Whether the server keeps the connection open after this response. */
    boolean keepsConnection() {
        return headers("connection").stream().noneMatch(v -> v.equalsIgnoreCase("close"));
    }
}
