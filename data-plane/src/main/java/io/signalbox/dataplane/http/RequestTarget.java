package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpRequest;
import io.signalbox.routing.RepeatedHeaders;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request wants to go. An absolute URL in the request line takes the place of the Host header (RFC 9112, 3.2.2).
 *
 * @param scheme of an absolute URL, empty otherwise
 * @param authority null when there is neither an absolute URL nor a Host header
 */
record RequestTarget(String scheme, @Nullable String authority, String path) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)(https?)://(?:[^/?#@]*@)?([^/?#@]*)([/?].*)?");

    /** What Envoy takes for an authority in a URL; it is more generous to a Host header. */
    private static final Pattern AUTHORITY = Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

    private static final int LAST_PORT = 65_535;

    /** Null for a request line that names nothing. */
    static @Nullable RequestTarget parse(HttpRequest request) {
        String target = request.uri();
        String method = request.method().name();
        if (target.startsWith("/") || target.equals("*") && method.equals("OPTIONS")) {
            return new RequestTarget("", host(request), target);
        }
        return method.equals("CONNECT") ? tunnel(target) : absolute(target);
    }

    private static @Nullable RequestTarget tunnel(String target) {
        Matcher authority = AUTHORITY.matcher(target);
        return authority.matches() && authority.group(1) != null ? new RequestTarget("", target, "") : null;
    }

    private static @Nullable RequestTarget absolute(String target) {
        Matcher url = ABSOLUTE.matcher(target);
        if (!url.matches() || !isAuthority(url.group(2))) {
            return null;
        }
        String path = url.group(3);
        return new RequestTarget(url.group(1).toLowerCase(Locale.ROOT), url.group(2), path == null ? "/" : path);
    }

    private static boolean isAuthority(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        return authority.matches() && (authority.group(1) == null || Integer.parseInt(authority.group(1)) <= LAST_PORT);
    }

    /** Several Host lines are joined, as Envoy does. */
    private static @Nullable String host(HttpRequest request) {
        List<String> lines = request.headers().getAll(HeaderNames.HOST);
        return lines.isEmpty() ? null : RepeatedHeaders.join(lines);
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
