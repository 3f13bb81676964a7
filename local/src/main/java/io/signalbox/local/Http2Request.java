package io.signalbox.local;

import io.signalbox.local.RawRequest.Header;
import java.util.List;

/**
 * A request over HTTP/2 whose fields go out exactly as given, whether the protocol allows them or not.
 *
 * @param headers pseudo-headers ({@code :path}) among them; those go out first
 * @param body empty for none: the header section ends the stream then, unless there are trailers
 * @param trailers after the body
 */
public record Http2Request(List<Header> headers, byte[] body, List<Header> trailers) {
    public Http2Request {
        headers = List.copyOf(headers);
        body = body.clone();
        trailers = List.copyOf(trailers);
    }

    @Override
    public byte[] body() {
        return body.clone();
    }
}
