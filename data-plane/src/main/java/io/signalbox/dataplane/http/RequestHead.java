package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.RequestView;
import java.util.List;

/**
 * A request as routing sees it and as it will be sent on.
 *
 * @param headers lower-case, {@code host} first, without hop-by-hop headers
 * @param expectsContinue whether the client waits for {@code 100 Continue} before its body
 * @param closes whether the client wants the connection closed afterwards
 * @param upgrade whether it asks for another protocol
 * @param connection where it comes from
 */
record RequestHead(
        HttpMethod verb,
        String scheme,
        String authority,
        String path,
        HttpHeaders headers,
        RequestBody body,
        boolean expectsContinue,
        boolean closes,
        boolean upgrade,
        ConnectionView connection)
        implements RequestView {
    @Override
    public String method() {
        return verb.name();
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return headers.getAll(lowerCaseName);
    }
}
