package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request wants to go. An absolute URL in the request line takes the place of the Host header (RFC 9112, 3.2.2).
 *
 * @param scheme of an absolute URL, empty otherwise
 * @param authority null when there is neither an absolute URL nor a Host header
 */
record RequestTarget(String scheme, @Nullable String authority, String path) {
    static RequestTarget parse(HttpRequest request) {
        String target = request.uri();
        int colon = target.startsWith("/") ? -1 : target.indexOf("://");
        if (colon <= 0) {
            return new RequestTarget("", host(request), target);
        }
        int pathAt = endOfAuthority(target, colon + 3);
        String rest = target.substring(pathAt);
        return new RequestTarget(
                target.substring(0, colon).toLowerCase(Locale.ROOT),
                target.substring(colon + 3, pathAt),
                rest.startsWith("/") ? rest : "/" + rest);
    }

    /** Several Host lines are joined, as Envoy does. */
    private static @Nullable String host(HttpRequest request) {
        List<String> lines = request.headers().getAll(HeaderNames.HOST);
        return switch (lines.size()) {
            case 0 -> null;
            case 1 -> lines.get(0);
            default -> String.join(",", lines);
        };
    }

    private static int endOfAuthority(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return url.length();
    }

    static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean inBrackets = authority.indexOf(']', Math.max(colon, 0)) >= 0;
        if (colon < 0 || inBrackets || colon + 1 == authority.length()) {
            return authority;
        }
        for (int i = colon + 1; i < authority.length(); i++) {
            if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
                return authority;
            }
        }
        return authority.substring(0, colon);
    }
}
