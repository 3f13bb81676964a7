package io.signalbox.controlplane.xds.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Classes of characters in brackets, in valid RE2 expressions. */
final class RegexClass {
    /** Never matches. RE2 fails to compile what it sees can never match, like an empty class; this it does not see. */
    static final String NOTHING = "(?:\\b\\B)";

    private static final Set<String> POSIX_CLASSES_WITHOUT_PUNCTUATION = Set.of(
            "[:alnum:]",
            "[:alpha:]",
            "[:blank:]",
            "[:cntrl:]",
            "[:digit:]",
            "[:lower:]",
            "[:space:]",
            "[:upper:]",
            "[:word:]",
            "[:xdigit:]");

    private RegexClass() {}

    /**
     * The index after the closing bracket. A {@code ]} right after {@code [} or {@code [^} is a member, and
     * {@code [:alpha:]} has one of its own.
     */
    static int end(String regex, int bracket) {
        int i = bracket + (regex.startsWith("[^", bracket) ? 2 : 1);
        do {
            i += item(regex, i).length();
        } while (regex.charAt(i) != ']');
        return i + 1;
    }

    /** A class that matches the same as this one, except the semicolon. */
    static String withoutSemicolon(String text) {
        if (text.startsWith("[^")) {
            String members = text.substring(2);
            boolean plain = members.startsWith("]") || members.startsWith("-");
            return "[^;" + (plain ? "\\" : "") + members;
        }
        StringBuilder harmless = new StringBuilder();
        List<String> alternatives = new ArrayList<>();
        for (int i = 1; i < text.length() - 1; ) {
            String item = item(text, i);
            i += item.length();
            if (isNamed(item)) {
                if (mayHoldSemicolon(item)) {
                    alternatives.add("[^" + negated(item) + ";]");
                } else {
                    harmless.append(item);
                }
                continue;
            }
            String last = item;
            if (text.charAt(i) == '-' && i + 1 < text.length() - 1) {
                last = item(text, i + 1);
                i += 1 + last.length();
            }
            appendRange(harmless, character(item), character(last));
        }
        if (!harmless.isEmpty()) {
            alternatives.add("[" + harmless + "]");
        }
        return switch (alternatives.size()) {
            case 0 -> NOTHING;
            case 1 -> alternatives.get(0);
            default -> "(?:" + String.join("|", alternatives) + ")";
        };
    }

    /** An escape that is a class, like <code>\S</code>, without the semicolon. */
    static String escapeWithoutSemicolon(String escape) {
        if (escape.equals("\\C")) {
            return "[^;]";
        }
        return mayHoldSemicolon(escape) ? "[^" + negated(escape) + ";]" : escape;
    }

    /** The single character, or the named class, that starts at an index within brackets. */
    private static String item(String regex, int i) {
        if (regex.startsWith("[:", i) && regex.indexOf(":]", i + 2) > 0) {
            return regex.substring(i, regex.indexOf(":]", i + 2) + 2);
        }
        return regex.charAt(i) == '\\' ? RegexEscape.at(regex, i).text() : Character.toString(regex.codePointAt(i));
    }

    private static boolean isNamed(String item) {
        return item.startsWith("[:")
                || item.startsWith("\\") && RegexEscape.at(item, 0).character() < 0;
    }

    private static int character(String item) {
        return item.startsWith("\\") ? RegexEscape.at(item, 0).character() : item.codePointAt(0);
    }

    private static boolean mayHoldSemicolon(String named) {
        return !POSIX_CLASSES_WITHOUT_PUNCTUATION.contains(named)
                && !named.equals("\\d")
                && !named.equals("\\s")
                && !named.equals("\\w");
    }

    /** What the named class does not match: <code>\S</code> for <code>\s</code>, {@code [:^punct:]}. */
    private static String negated(String named) {
        if (named.startsWith("[:^")) {
            return "[:" + named.substring(3);
        } else if (named.startsWith("[:")) {
            return "[:^" + named.substring(2);
        } else if (named.startsWith("{^", 2)) {
            return named.substring(0, 3) + named.substring(4);
        }
        char letter = named.charAt(1);
        char other = Character.isLowerCase(letter) ? Character.toUpperCase(letter) : Character.toLowerCase(letter);
        return "\\" + other + named.substring(2);
    }

    private static void appendRange(StringBuilder ranges, int first, int last) {
        if (first <= ';' && ';' <= last) {
            if (first < ';') {
                appendRange(ranges, first, ';' - 1);
            }
            if (last > ';') {
                appendRange(ranges, ';' + 1, last);
            }
        } else {
            ranges.append(member(first));
            if (last > first) {
                ranges.append('-').append(member(last));
            }
        }
    }

    private static String member(int character) {
        boolean plain = character < 0x80 && Character.isLetterOrDigit(character);
        return plain ? Character.toString(character) : String.format("\\x{%x}", character);
    }
}
