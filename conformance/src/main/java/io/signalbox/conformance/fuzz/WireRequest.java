package io.signalbox.conformance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes out, faults included.
 *
 * @param version {@code HTTP/1.1}
 * @param lines header lines without their ends, {@code Host: a.test}
 */
record WireRequest(String method, String target, String version, List<String> lines, String body) {
    WireRequest {
        lines = List.copyOf(lines);
    }

    WireRequest withMethod(String other) {
        return new WireRequest(other, target, version, lines, body);
    }

    WireRequest withTarget(String other) {
        return new WireRequest(method, other, version, lines, body);
    }

    WireRequest withVersion(String other) {
        return new WireRequest(method, target, other, lines, body);
    }

    WireRequest withLines(List<String> others) {
        return new WireRequest(method, target, version, others, body);
    }

    WireRequest withLine(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return withLines(more);
    }

    WireRequest withBody(String other) {
        return new WireRequest(method, target, version, lines, other);
    }

    /** Every byte that goes out, in UTF-8. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(method)
                .append(' ')
                .append(target)
                .append(' ')
                .append(version)
                .append("\r\n");
        lines.forEach(line -> text.append(line).append("\r\n"));
        return text.append("\r\n").append(body).toString();
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
