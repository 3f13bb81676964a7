package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Headers;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.routing.RepeatedHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Envoy's HTTP/2 codec refuses before its connection manager sees a request, and how it hands over the others. What the
 * protocol forbids ends the connection, not the stream alone (Envoy: {@code
 * override_stream_error_on_invalid_http_message} is off).
 */
final class Http2Rules {
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

    private final HttpConfig config;

    Http2Rules(HttpConfig config) {
        this.config = config;
    }

    sealed interface Outcome {
        record Accepted(RequestRules.Arrived request) implements Outcome {}

        /** More headers than are taken. */
        record StreamReset() implements Outcome {}

        /** No HTTP/2. */
        record ConnectionEnd() implements Outcome {}
    }

    Outcome apply(Http2Headers fields, boolean endOfStream) {
        Map<String, String> single = new HashMap<>();
        int bytes = 0;
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            String name = field.getKey().toString();
            String value = field.getValue().toString();
            bytes += name.length() + value.length();
            boolean once = isSingle(name);
            if (!isField(name, value, once) || once && single.put(name, value) != null) {
                return new Outcome.ConnectionEnd();
            }
        }
        if (bytes > config.maxRequestHeadersBytes() || fields.size() > config.maxRequestHeaders()) {
            return new Outcome.StreamReset();
        }
        RequestRules.Arrived request = request(single, fields, endOfStream);
        return request == null ? new Outcome.ConnectionEnd() : new Outcome.Accepted(request);
    }

    private static boolean isSingle(String name) {
        return PSEUDO.contains(name) || name.equals("host") || name.equals("content-length");
    }

    boolean areTrailers(Http2Headers fields) {
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            if (!isField(field.getKey().toString(), field.getValue().toString(), false)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isField(String name, String value, boolean known) {
        boolean named = known || isName(name) && !OF_CONNECTIONS.contains(name);
        return named && (!name.equals("te") || value.equals("trailers")) && isValue(value);
    }

    private static HttpHeaders headers(String authority, Http2Headers fields) {
        HttpHeaders headers = HEADERS.newHeaders();
        headers.add(HeaderNames.HOST, authority);
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            String name = field.getKey().toString();
            String value = field.getValue().toString();
            if (!PSEUDO.contains(name) && !name.equals("host")) {
                add(headers, name, value);
            }
        }
        return headers;
    }

    private static void add(HttpHeaders headers, String name, String value) {
        if (name.equals("cookie") && headers.contains(name)) {
            // RFC 9113, section 8.2.3: it may come in crumbs.
            headers.set(name, headers.get(name) + "; " + value);
        } else if (RepeatedHeaders.areJoined(name) && headers.contains(name)) {
            headers.set(name, RepeatedHeaders.join(List.of(headers.get(name), value)));
        } else {
            headers.add(name, value);
        }
    }

    private static RequestRules.@Nullable Arrived request(
            Map<String, String> single, Http2Headers fields, boolean endOfStream) {
        String method = single.getOrDefault(":method", "");
        String authority = single.getOrDefault(":authority", single.getOrDefault("host", ""));
        String path = single.get(":path");
        boolean tunnel = method.equals("CONNECT");
        boolean whole = isToken(method)
                && isAuthority(authority)
                && (tunnel ? path == null : path != null && isPath(path, method))
                && (tunnel || single.containsKey(":scheme"));
        String length = single.getOrDefault("content-length", "0");
        if (!whole || !isLength(length) || endOfStream && !isZero(length)) {
            return null;
        }
        HttpHeaders headers = headers(authority, fields);
        boolean expectsContinue = headers.containsValue(HeaderNames.EXPECT, "100-continue", true);
        if (expectsContinue) {
            headers.remove(HeaderNames.EXPECT);
        }
        return new RequestRules.Arrived(
                HttpMethod.valueOf(method),
                single.getOrDefault(":scheme", "").toLowerCase(Locale.ROOT),
                authority,
                path == null ? "" : path,
                headers,
                body(endOfStream, length),
                expectsContinue,
                false,
                tunnel);
    }

    private static RequestBody body(boolean endOfStream, String length) {
        if (endOfStream) {
            return RequestBody.NONE;
        }
        return isZero(length) ? RequestBody.CHUNKED : RequestBody.CONTENT_LENGTH;
    }

    private static boolean isPath(String path, String method) {
        boolean starts = path.startsWith("/") || path.equals("*") && method.equals("OPTIONS");
        return starts && path.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }

    private static boolean isAuthority(String authority) {
        return !authority.isEmpty() && authority.indexOf('@') < 0 && ProtocolCheck.isAuthority(authority);
    }

    private static boolean isLength(String value) {
        return !value.isEmpty() && value.length() < 19 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isZero(String length) {
        return length.chars().allMatch(c -> c == '0');
    }

    private static boolean isName(String name) {
        return isToken(name) && name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || NAME_MARKS.indexOf(c) >= 0);
    }

    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
    }
}
