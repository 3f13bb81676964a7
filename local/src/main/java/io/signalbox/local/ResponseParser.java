package io.signalbox.local;

import io.signalbox.local.RawRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads HTTP/1.1 responses from a stream (RFC 9112); strict, since what it reads is under test. */
final class ResponseParser {
    private static final int MAX_LINE_BYTES = 1 << 20;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final InputStream in;

    ResponseParser(InputStream in) {
        this.in = in;
    }

    /** The next final response; interim ones (1xx) are passed over, but for 101, after which there is no HTTP. */
    RawResponse parse(String method) throws IOException {
        while (true) {
            String[] statusLine = line().split(" ", 3);
            if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.") || !statusLine[1].matches("\\d{3}")) {
                throw new ProtocolException("no status line: " + String.join(" ", statusLine));
            }
            int status = Integer.parseInt(statusLine[1]);
            List<Header> headers = headers();
            if (status >= 200 || status == SWITCHING_PROTOCOLS) {
                RawResponse head =
                        new RawResponse(status, statusLine.length == 3 ? statusLine[2] : "", headers, new byte[0]);
                return new RawResponse(status, head.reason(), headers, body(method, head));
            }
        }
    }

    private List<Header> headers() throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("no header line: " + line);
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    // RFC 9112, section 6.3: message body length
    private byte[] body(String method, RawResponse head) throws IOException {
        boolean tunnel = head.status() == SWITCHING_PROTOCOLS || method.equals("CONNECT") && head.status() / 100 == 2;
        if (tunnel || method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new byte[0];
        }
        if (head.headers("transfer-encoding").stream().anyMatch(v -> v.equalsIgnoreCase("chunked"))) {
            return chunks();
        }
        List<String> lengths = head.headers("content-length");
        if (lengths.size() > 1) {
            throw new ProtocolException("content-length " + lengths);
        }
        return lengths.isEmpty() ? in.readAllBytes() : exactly(length(lengths.get(0), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line().split(";", 2)[0].strip();
            int length = length(size, 16);
            if (length == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(exactly(length));
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk of more than its " + length + " bytes");
            }
        }
    }

    private static int length(String text, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException e) {
            throw (IOException) new ProtocolException("no length: " + text).initCause(e);
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException(
                    "the connection ended after " + bytes.length + " of " + length + " bytes of the body");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended before the end of a line: " + line);
            }
            if (line.size() == MAX_LINE_BYTES) {
                throw new ProtocolException("a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
