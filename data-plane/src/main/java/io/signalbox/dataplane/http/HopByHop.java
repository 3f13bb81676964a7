package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import io.signalbox.routing.RepeatedHeaders;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1), in Envoy's reading. */
final class HopByHop {
    private static final DefaultHttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final Set<String> IN_REQUESTS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "host", "te");

    private static final Set<String> IN_RESPONSES =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /** Headers that the proxy vouches for: a client may not have them removed. */
    private static final Set<String> NOT_REMOVABLE = Set.of("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto");

    private HopByHop() {}

    /** The names and options in the {@code connection} header, lower-case. */
    static Set<String> nominated(HttpHeaders headers) {
        List<String> lines = headers.getAll(HeaderNames.CONNECTION);
        if (lines.isEmpty()) {
            return Collections.emptySet();
        }
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            for (String name : line.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** The answer to a request whose {@code connection} header is an attack; or null. */
    static @Nullable LocalReply refusal(Set<String> nominated) {
        for (String name : nominated) {
            if (NOT_REMOVABLE.contains(name) || name.startsWith(":")) {
                return ProtocolCheck.badRequest();
            }
        }
        return null;
    }

    static boolean asksForUpgrade(HttpHeaders headers, Set<String> nominated) {
        boolean upgrade = nominated.contains("upgrade") && headers.contains(HeaderNames.UPGRADE);
        // An upgrade to h2c is ignored, as RFC 9113 has it.
        return upgrade && !"h2c".equalsIgnoreCase(headers.get(HeaderNames.UPGRADE));
    }

    static boolean isForTunnel(HttpRequest request) {
        return request.method().equals(HttpMethod.CONNECT);
    }

    /** A header that no RFC knows and that browsers once sent to proxies; Envoy heeds it. */
    static boolean closesProxyConnection(HttpHeaders headers) {
        return headers.containsValue(HeaderNames.PROXY_CONNECTION, HeaderNames.CLOSE, true);
    }

    /** What is left of a request's headers, lower-case; those of an upgrade stay, after the {@code host} that it goes to. */
    static HttpHeaders strip(HttpHeaders in, Set<String> nominated, boolean stripExpect, String host) {
        boolean upgrade = asksForUpgrade(in, nominated);
        HttpHeaders out = HEADERS.newHeaders();
        out.add(HeaderNames.HOST, host);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = in.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = lowerCase(header.getKey());
            String key = name.toString();
            if (key.equals("te")) {
                if (isTrailers(header.getValue())) {
                    out.set(HeaderNames.TE, HeaderNames.TRAILERS);
                }
                continue;
            }
            boolean ofUpgrade = upgrade && (key.equals("connection") || key.equals("upgrade"));
            boolean passes = ofUpgrade
                    || !IN_REQUESTS.contains(key)
                            && (!nominated.contains(key) || key.equals("content-length"))
                            && !(stripExpect && key.equals("expect"));
            if (passes && RepeatedHeaders.areJoined(key) && out.contains(name)) {
                out.set(
                        name,
                        RepeatedHeaders.join(
                                List.of(out.get(name), header.getValue().toString())));
            } else if (passes) {
                out.add(name, header.getValue());
            }
        }
        return out;
    }

    /** What is left of a response's headers, lower-case. What its {@code connection} header names stays, as with Envoy. */
    static HttpHeaders strip(HttpHeaders in, boolean upgraded) {
        HttpHeaders out = HEADERS.newHeaders();
        Iterator<Map.Entry<CharSequence, CharSequence>> all = in.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = lowerCase(header.getKey());
            String key = name.toString();
            boolean ofUpgrade = upgraded && (key.equals("connection") || key.equals("upgrade"));
            if (ofUpgrade || !IN_RESPONSES.contains(key)) {
                out.add(name, header.getValue());
            }
        }
        return out;
    }

    private static boolean isTrailers(CharSequence value) {
        for (String token : value.toString().split(",", -1)) {
            if (token.strip().equalsIgnoreCase("trailers")) {
                return true;
            }
        }
        return false;
    }

    /** Gives back the name itself when it is in lower case already. */
    private static CharSequence lowerCase(CharSequence name) {
        return name instanceof AsciiString ascii
                ? ascii.toLowerCase()
                : name.toString().toLowerCase(Locale.ROOT);
    }
}
