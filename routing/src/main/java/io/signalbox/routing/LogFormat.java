package io.signalbox.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The line that an access log has for a request, in the notation of header values. What is not known is {@code -}, and in an
 * object {@code null} where it is all of a value. Any thread. Envoy: {@code SubstitutionFormatString}.
 */
public final class LogFormat {
    /** Envoy's format where none is given. */
    public static final String USUAL =
            "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\" %RESPONSE_CODE%"
                    + " %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"
                    + " \"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\""
                    + " \"%UPSTREAM_HOST%\"\n";

    private record Member(String name, Format value) {}

    private final List<Member> members;
    private final boolean object;

    private LogFormat(List<Member> members, boolean object) {
        this.members = List.copyOf(members);
        this.object = object;
    }

    /** @throws InvalidRouteConfiguration for what is not supported; its field is empty */
    public static LogFormat text(String format) throws InvalidRouteConfiguration {
        return new LogFormat(List.of(new Member("", FormatParser.parseLog(format, Field.ROOT))), false);
    }

    /**
     * An object in a line of its own, its members in the order of their names.
     *
     * @throws InvalidRouteConfiguration for what is not supported; its field is the member
     */
    public static LogFormat json(Map<String, String> formats) throws InvalidRouteConfiguration {
        SortedMap<String, String> sorted = new TreeMap<>();
        formats.forEach((name, format) -> sorted.put(Ascii.wire(name), format));
        List<Member> members = new ArrayList<>();
        for (Map.Entry<String, String> member : sorted.entrySet()) {
            members.add(new Member(
                    member.getKey(), FormatParser.parseLog(member.getValue(), Field.ROOT.child(member.getKey()))));
        }
        return new LogFormat(members, true);
    }

    /** With the end of the line, if the format has one; one char for each byte. */
    public String line(FormatContext context) {
        if (!object) {
            return members.get(0).value.line(context);
        }
        StringBuilder line = new StringBuilder("{");
        for (Member member : members) {
            if (line.length() > 1) {
                line.append(',');
            }
            quote(member.name, line);
            line.append(':');
            append(member.value, context, line);
        }
        return line.append("}\n").toString();
    }

    private static void append(Format format, FormatContext context, StringBuilder line) {
        if (format.parts().size() != 1) {
            quote(format.line(context), line);
            return;
        }
        Format.Part part = format.parts().get(0);
        String found = part instanceof Format.Text text ? text.text() : part.find(context);
        if (found == null || part.isNumber()) {
            line.append(found);
        } else {
            quote(found, line);
        }
    }

    /** RFC 8259, section 7. */
    private static void quote(String text, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> {
                    if (c < ' ') {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
