package io.signalbox.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code cookie} headers. */
final class Cookies {
    private Cookies() {}

    /** The first value of this cookie, without the quotes around it; null when it is not there. */
    static @Nullable String first(RequestView request, String name) {
        List<String> lines = request.headers("cookie");
        for (int i = 0; i < lines.size(); i++) {
            String value = first(lines.get(i), name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable String first(String line, String name) {
        int at = 0;
        while (at < line.length()) {
            int end = line.indexOf(';', at);
            end = end < 0 ? line.length() : end;
            int start = at;
            // Blanks alone: to Envoy a tab belongs to the name.
            while (start < end && line.charAt(start) == ' ') {
                start++;
            }
            if (line.startsWith(name, start)
                    && start + name.length() < end
                    && line.charAt(start + name.length()) == '=') {
                return unquoted(line.substring(start + name.length() + 1, end));
            }
            at = end + 1;
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
