package io.signalbox.local;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.signalbox.local.RawRequest.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** The body read as UTF-8, after what was compressed is undone; what only calls itself compressed is read as it is. */
    public String text() {
        try (InputStream in = decoder(header("content-encoding").orElse(""))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private InputStream decoder(String encoding) throws IOException {
        InputStream bytes = new ByteArrayInputStream(body);
        return switch (encoding) {
            case "br" -> new ByteArrayInputStream(brotli());
            case "gzip" -> new GZIPInputStream(bytes);
            case "zstd" -> new ZstdInputStreamNoFinalizer(bytes);
            default -> bytes;
        };
    }

    /** At once, as the library's stream takes some whole bodies for cut off ones. */
    private byte[] brotli() throws IOException {
        Brotli4jLoader.ensureAvailability();
        byte[] decoded = Decoder.decompress(body).getDecompressedData();
        if (decoded == null) {
            throw new IOException("no Brotli");
        }
        return decoded;
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
