package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.explain.Explanation.Unmet;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.routing.Inspection.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The conditions of one route in the user's words, beside what a request has there. Which of them are unmet is for the
 * routing library to say; it numbers them as in the proto, where method, headers and cookies are one list in this order.
 */
record Conditions(RouteMatch match, EdgeRequest request) {
    private static final String NOTHING = "nothing";
    private static final int LONGEST = 200;

    Unmet unmet(Part part) {
        if (part instanceof Part.Header header) {
            return ofHeaders(header.index());
        } else if (part instanceof Part.Query query
                && query.index() < match.query().size()) {
            QueryMatch condition = match.query().get(query.index());
            return new Unmet(
                    "spec.match.query[" + query.index() + "]",
                    condition.name() + ": " + quoted(queryValues(condition.name())),
                    condition.name() + ": " + expected(condition.value()));
        } else if (part instanceof Part.Path && request.path().isEmpty()) {
            return new Unmet("spec.match.path", "no path, as of every CONNECT", expected(match.path()));
        } else if (part instanceof Part.Path && match.methods().equals(List.of("CONNECT"))) {
            return new Unmet("spec.match.methods", request.method(), "CONNECT");
        } else if (part instanceof Part.Path) {
            return new Unmet("spec.match.path", quote(request.pathAlone()), expected(match.path()));
        }
        return part instanceof Part.Grpc
                ? new Unmet("spec.match.grpc", "content-type: " + quoted(headerValues("content-type")), "gRPC")
                : new Unmet("spec.match.fraction", "a random value of the others", expectedFraction());
    }

    /** Whether it stands for something that the match says; what else the proto has is known to us alone. */
    boolean isOfMatch(Part part) {
        return !(part instanceof Part.Header header)
                || header.index()
                        < (match.methods().isEmpty() ? 0 : 1)
                                + match.headers().size()
                                + match.cookies().size()
                                + (match.sources().isEmpty() ? 0 : 1);
    }

    private String expectedFraction() {
        return match.fraction()
                .map(fraction -> "one of "
                        + BigDecimal.valueOf(fraction.millionths(), 4)
                                .stripTrailingZeros()
                                .toPlainString() + " % of all")
                .orElse("any");
    }

    private Unmet ofHeaders(int index) {
        int at = index - (match.methods().isEmpty() ? 0 : 1);
        if (at < 0) {
            return new Unmet("spec.match.methods", request.method(), String.join(" or ", match.methods()));
        } else if (at < match.headers().size()) {
            HeaderMatch condition = match.headers().get(at);
            String wanted = expected(condition.value());
            return new Unmet(
                    "spec.match.headers[" + at + "]",
                    condition.name() + ": " + quoted(headerValues(condition.name())),
                    condition.name() + ": " + (condition.inverted() ? "not " + wanted : wanted));
        }
        int cookie = at - match.headers().size();
        if (cookie >= match.cookies().size()) {
            return new Unmet(
                    "spec.match.sources",
                    String.join(", ", request.headers("x-envoy-external-address")),
                    String.join(" or ", match.sources()));
        }
        CookieMatch condition = match.cookies().get(cookie);
        return new Unmet(
                "spec.match.cookies[" + cookie + "]",
                condition.name() + ": " + quoted(cookieValues(condition.name())),
                condition.name() + ": " + expected(condition.value()));
    }

    private List<String> headerValues(String name) {
        return switch (name) {
            case ":method" -> List.of(request.method());
            case ":path" -> List.of(request.path());
            case ":authority" -> List.of(request.authority());
            case ":scheme" -> List.of(request.scheme());
            default -> request.headers(name);
        };
    }

    private List<String> cookieValues(String name) {
        List<String> values = new ArrayList<>();
        for (String line : request.headers("cookie")) {
            for (String pair : line.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(name + "=")) {
                    values.add(cookie.substring(name.length() + 1));
                }
            }
        }
        return values;
    }

    private List<String> queryValues(String name) {
        int start = request.path().indexOf('?');
        List<String> values = new ArrayList<>();
        for (String pair :
                start < 0 ? new String[0] : request.path().substring(start + 1).split("&", -1)) {
            if (pair.equals(name)) {
                values.add("");
            } else if (pair.startsWith(name + "=")) {
                values.add(pair.substring(name.length() + 1));
            }
        }
        return values;
    }

    private static String expected(PathMatch path) {
        if (path instanceof PathMatch.Exact exact) {
            return "exactly " + quote(exact.path()) + inAnyCase(exact.ignoreCase());
        } else if (path instanceof PathMatch.Prefix prefix) {
            return quote(prefix.prefix()) + " or below" + inAnyCase(prefix.ignoreCase());
        } else if (path instanceof PathMatch.RawPrefix prefix) {
            return quote(prefix.prefix()) + " at the start" + inAnyCase(prefix.ignoreCase());
        } else if (path instanceof PathMatch.Regex regex) {
            return "all of it like " + quote(regex.regex()) + inAnyCase(regex.ignoreCase());
        } else if (path instanceof PathMatch.Template template) {
            return "like " + quote(template.template());
        }
        return "another path";
    }

    private static String expected(ValueMatch value) {
        if (value instanceof ValueMatch.Exact exact) {
            return quote(exact.value()) + inAnyCase(exact.ignoreCase());
        } else if (value instanceof ValueMatch.Prefix prefix) {
            return quote(prefix.prefix()) + " at the start" + inAnyCase(prefix.ignoreCase());
        } else if (value instanceof ValueMatch.Suffix suffix) {
            return quote(suffix.suffix()) + " at the end" + inAnyCase(suffix.ignoreCase());
        } else if (value instanceof ValueMatch.Contains contains) {
            return quote(contains.substring()) + " somewhere" + inAnyCase(contains.ignoreCase());
        } else if (value instanceof ValueMatch.Regex regex) {
            return "all of it like " + quote(regex.regex()) + inAnyCase(regex.ignoreCase());
        } else if (value instanceof ValueMatch.Range range) {
            return "a number from " + range.from() + ", below " + range.to();
        } else if (value instanceof ValueMatch.Present present) {
            return present.present() ? "anything" : NOTHING;
        }
        return "another value";
    }

    private static String inAnyCase(boolean ignored) {
        return ignored ? ", in any case" : "";
    }

    private static String quoted(List<String> wire) {
        return wire.isEmpty()
                ? NOTHING
                : wire.stream().map(value -> quote(Wire.text(value))).collect(Collectors.joining(", "));
    }

    private static String quote(String text) {
        return "\"" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "\"";
    }
}
