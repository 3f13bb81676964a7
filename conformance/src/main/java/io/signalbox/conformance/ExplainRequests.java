package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of a request that went over the wire the question for {@code POST /api/v1/explain}. There is one for requests whose
 * fate is a matter of routing, which are those that HTTP/1.1 allows a client to write:
 *
 * <ul>
 *   <li>{@code METHOD /target HTTP/1.1}: no other form of a target, no other version;
 *   <li>every line {@code name: value} with a token as its name, no control characters, none folded;
 *   <li>one Host that is not empty;
 *   <li>no body, or one whose length is right;
 *   <li>not larger than what explain takes: 8000 bytes, 100 lines.
 * </ul>
 */
public final class ExplainRequests {
    private static final int MOST_BYTES = 8000;
    private static final int MOST_LINES = 100;
    private static final Pattern FIRST_LINE = Pattern.compile("([A-Z-]+) (/[^\\x00-\\x20\\x7f]*) HTTP/1\\.1");
    private static final Pattern LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*?)[ \\t]*");
    private static final Pattern HOST = Pattern.compile("[^\\x00-\\x20\\x7f]{1,255}");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,8}");

    private ExplainRequests() {}

    /**
     * @param bytes all of the request
     * @return empty when its fate is no matter of routing
     */
    public static Optional<ObjectNode> of(byte[] bytes, String listener) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || end > MOST_BYTES) {
            return Optional.empty();
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
        Matcher first = FIRST_LINE.matcher(lines.get(0));
        if (!first.matches() || lines.size() > MOST_LINES) {
            return Optional.empty();
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("listener", listener)
                .put("client", "127.0.0.1")
                .put("method", first.group(1))
                .put("path", first.group(2));
        String body = text.substring(end + 4);
        return addLines(request, lines.subList(1, lines.size()))
                        && isBodyRight(request.path("headers"), body.getBytes(StandardCharsets.UTF_8).length)
                ? Optional.of(request)
                : Optional.empty();
    }

    private static boolean addLines(ObjectNode request, List<String> lines) {
        ArrayNode headers = request.putArray("headers");
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return false;
            }
            if (!parts.group(1).equalsIgnoreCase("host")) {
                headers.addObject().put("name", parts.group(1)).put("value", parts.group(2));
            } else if (request.has("host") || !HOST.matcher(parts.group(2)).matches()) {
                return false;
            } else {
                request.put("host", parts.group(2));
            }
        }
        return request.has("host");
    }

    private static boolean isBodyRight(Iterable<JsonNode> headers, int bytes) {
        int announced = -1;
        for (JsonNode header : headers) {
            String name = header.path("name").asText().toLowerCase(Locale.ROOT);
            String value = header.path("value").asText();
            if (name.equals("transfer-encoding")) {
                return false;
            } else if (name.equals("content-length")) {
                if (announced >= 0 || !LENGTH.matcher(value).matches()) {
                    return false;
                }
                announced = Integer.parseInt(value);
            }
        }
        return Math.max(announced, 0) == bytes;
    }
}
