package io.signalbox.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP/1.1 request whose lines go out exactly as given: no header is added, changed or reordered, except {@code
 * content-length} before a body.
 *
 * @param target what follows the method: {@code /path?query}
 */
public record RawRequest(String method, String target, List<Header> headers, byte[] body) {
    /** One header line. */
    public record Header(String name, String value) {}

    public RawRequest {
        headers = List.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** {@code GET target} to a host. */
    public static RawRequest get(String host, String target) {
        return of("GET", host, target);
    }

    public static RawRequest of(String method, String host, String target) {
        return new RawRequest(method, target, List.of(new Header("Host", host)), new byte[0]);
    }

    /** With one more header line at the end. */
    public RawRequest with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new RawRequest(method, target, more, body);
    }

    /** With a body and its length. */
    public RawRequest withBody(byte[] newBody) {
        return new RawRequest(method, target, with("Content-Length", "" + newBody.length).headers, newBody);
    }

    /** With a text as its body, in UTF-8. */
    public RawRequest withBody(String text) {
        return withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes that go out. */
    public byte[] toBytes() {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach(
                h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // UTF-8, so that a test can send what HTTP does not allow.
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
