package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.explain.EdgeRequest.Arrival.Rejected;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.SampleRequest.NamedValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Envoy's HTTP/1.1 codec and connection manager refuse whatever the routes say, of what a sample can hold. */
final class EdgeRules {
    private static final int MOST_HEADERS = 100;
    private static final int MOST_HEADER_BYTES = 60 * 1024;
    private static final String HOST_MARKS = "!$%&'()*+,-.:;=@[]_~";

    /** The methods that Envoy's parser knows; others are no HTTP to it. */
    private static final Set<String> METHODS = Set.of(
            ("ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH"
                            + " NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE"
                            + " SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE")
                    .split(" "));

    private static final List<String> NOT_REMOVABLE =
            List.of("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "host");

    private static final Pattern TUNNEL_TARGET = Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");

    private EdgeRules() {}

    static Optional<Rejected> rejection(SampleRequest sample) {
        if (!METHODS.contains(sample.method())) {
            return bad("the method " + sample.method() + " is not known to Envoy");
        } else if (!sample.path().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return bad("the path has characters that must be percent-encoded");
        } else if (sample.method().equals("QUERY")
                && sample.headers().stream().noneMatch(header -> header.name().equalsIgnoreCase("content-type"))) {
            return bad("a QUERY must have a content-type");
        }
        return headers(sample).or(() -> target(sample));
    }

    private static Optional<Rejected> headers(SampleRequest sample) {
        int bytes = sample.path().length();
        for (NamedValue header : sample.headers()) {
            bytes += Wire.of(header.name() + header.value()).length();
        }
        if (bytes > MOST_HEADER_BYTES || sample.headers().size() + 1 > MOST_HEADERS) {
            return Optional.of(new Rejected(431, "the headers are too many or too large"));
        }
        Set<String> nominated = nominated(sample);
        for (String name : nominated) {
            if (NOT_REMOVABLE.contains(name) || name.startsWith(":")) {
                return bad("the connection header names " + name + ", which no client can have removed");
            }
        }
        return Optional.empty();
    }

    /** The protocol it asks for, lower case. To h2c it is ignored, as RFC 9113 has it. */
    static Optional<String> upgrade(SampleRequest sample) {
        return sample.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("upgrade"))
                .findFirst()
                .map(header -> header.value().strip().toLowerCase(Locale.ROOT))
                .filter(protocol -> !protocol.equals("h2c") && nominated(sample).contains("upgrade"));
    }

    private static Optional<Rejected> target(SampleRequest sample) {
        boolean asterisk = sample.path().equals("*") && sample.method().equals("OPTIONS");
        if (sample.method().equals("CONNECT")) {
            return TUNNEL_TARGET.matcher(sample.path()).matches()
                    ? Optional.empty()
                    : bad("the path of a CONNECT is not a host and port");
        } else if (!sample.path().startsWith("/") && !asterisk) {
            return bad("the path does not start with a slash");
        }
        return sample.host().chars().allMatch(EdgeRules::isOfHost)
                ? Optional.empty()
                : bad("the host has characters that no host has");
    }

    private static boolean isOfHost(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || HOST_MARKS.indexOf(c) >= 0;
    }

    /** What the {@code connection} header names, in lower case. */
    static Set<String> nominated(SampleRequest sample) {
        Set<String> names = new HashSet<>();
        for (NamedValue header : sample.headers()) {
            if (header.name().equalsIgnoreCase("connection")) {
                names.addAll(tokens(header.value()));
            }
        }
        return names;
    }

    static Set<String> tokens(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Optional<Rejected> bad(String reason) {
        return Optional.of(new Rejected(400, reason));
    }
}
