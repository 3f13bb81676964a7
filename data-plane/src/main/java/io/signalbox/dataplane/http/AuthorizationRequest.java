package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.routing.RepeatedHeaders;
import java.util.List;

/** What an authorizer is told of a request: its method, host and path, and of its headers a few. It is told no body. */
final class AuthorizationRequest {
    private AuthorizationRequest() {}

    static HttpRequest head(FilterConfig.Authorization config, RequestHead request) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.set(HeaderNames.HOST, request.authority());
        copy(HeaderNames.AUTHORIZATION.toString(), request.headers(), headers);
        config.requestHeaders().forEach(name -> copy(name, request.headers(), headers));
        headers.set(HeaderNames.CONTENT_LENGTH, "0");
        ofProxy(config, headers);
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.verb(), config.pathPrefix() + request.path(), headers);
    }

    private static void copy(String name, HttpHeaders from, HttpHeaders to) {
        List<String> lines = from.getAll(name);
        if (!lines.isEmpty()) {
            to.set(name, RepeatedHeaders.join(lines));
        }
    }

    /** The proxy asks in its own name, as it does not pass the client's request on. */
    private static void ofProxy(FilterConfig.Authorization config, HttpHeaders headers) {
        headers.set(HeaderNames.INTERNAL, HeaderNames.TRUE);
        String before = RepeatedHeaders.join(headers.getAll(HeaderNames.FORWARDED_FOR));
        headers.set(HeaderNames.FORWARDED_FOR, before.isEmpty() ? OwnAddress.TEXT : before + "," + OwnAddress.TEXT);
        if (!config.timeout().isZero()) {
            headers.set(
                    HeaderNames.EXPECTED_TIMEOUT,
                    Long.toString(Math.max(1, config.timeout().toMillis())));
        }
    }
}
