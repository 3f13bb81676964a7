package io.signalbox.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request of a test: both what the library is asked and what is written on the wire. */
record Request(String method, String scheme, String authority, String path, List<Line> lines) implements RequestView {
    record Line(String name, String value) {}

    Request {
        lines = List.copyOf(lines);
    }

    static Request get(String path) {
        return new Request("GET", "http", "a.com", path, List.of());
    }

    Request to(String authority) {
        return new Request(method, scheme, authority, path, lines);
    }

    Request by(String method) {
        return new Request(method, scheme, authority, path, lines);
    }

    /** As a trusted hop in front hands on what came to it by https; Envoy takes the scheme from its header. */
    Request overHttps() {
        return new Request(method, "https", authority, path, lines).with("x-forwarded-proto", "https");
    }

    Request with(String name, String value) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(name, value));
        return new Request(method, scheme, authority, path, more);
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return lines.stream()
                .filter(line -> line.name().toLowerCase(Locale.ROOT).equals(lowerCaseName))
                .map(Line::value)
                .toList();
    }

    /** HTTP/1.1, as the client of the tests sends it. */
    String wire() {
        StringBuilder text = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nhost: ")
                .append(authority)
                .append("\r\n");
        lines.forEach(line ->
                text.append(line.name()).append(": ").append(line.value()).append("\r\n"));
        return text.append("\r\n").toString();
    }
}
