package io.signalbox.routing;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a match is replaced by, in RE2's notation: {@code \0} is the match, {@code \1} the first group. */
record Substitution(List<Part> parts) {
    sealed interface Part {}

    record Text(String text) implements Part {}

    record Group(int number) implements Part {}

    Substitution {
        parts = List.copyOf(parts);
    }

    static Substitution parse(String notation, int groups, Field field) throws InvalidRouteConfiguration {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < notation.length(); i++) {
            char c = notation.charAt(i);
            if (c != '\\') {
                parts.add(new Text(String.valueOf(c)));
                continue;
            }
            i++;
            char escaped = i < notation.length() ? notation.charAt(i) : ' ';
            if (escaped == '\\') {
                parts.add(new Text("\\"));
            } else if (escaped >= '0' && escaped <= '9' && escaped - '0' <= groups) {
                parts.add(new Group(escaped - '0'));
            } else {
                throw field.invalid("a backslash must be followed by another or by the number of a group (0 to "
                        + Math.min(groups, 9) + ")");
            }
        }
        return new Substitution(parts);
    }

    void appendTo(StringBuilder out, Matcher match) {
        for (Part part : parts) {
            if (part instanceof Text literal) {
                out.append(literal.text());
            } else if (part instanceof Group group) {
                @Nullable String captured = match.group(group.number());
                if (captured != null) {
                    out.append(captured);
                }
            }
        }
    }
}
