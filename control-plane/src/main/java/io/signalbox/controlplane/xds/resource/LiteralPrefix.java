package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that every path a condition matches starts with. It may be shorter than it could be, and empty when nothing is
 * certain; a route found by a shorter text is still found.
 *
 * <p>Holds neither {@code ?} nor {@code #}, so it says the same about a path with its query string as about the path
 * alone.
 */
final class LiteralPrefix {
    private LiteralPrefix() {}

    static String of(PathMatch path) {
        if (path instanceof PathMatch.Exact exact) {
            return upToQuery(exact.path());
        }
        if (path instanceof PathMatch.Prefix prefix) {
            return upToQuery(prefix.prefix());
        }
        return ofRegex(((PathMatch.Regex) path).regex());
    }

    private static String upToQuery(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                return path.substring(0, i);
            }
        }
        return path;
    }

    /**
     * @param regex a valid RE2 expression that has to match the whole path. Syntax:
     *     https://github.com/google/re2/wiki/Syntax
     */
    static String ofRegex(String regex) {
        List<String> alternatives = alternatives(regex);
        if (alternatives.size() > 1 && setsFlags(regex)) {
            return ""; // a flag set in one alternative holds on in the next
        }
        String common = literalStart(alternatives.get(0));
        for (String alternative : alternatives) {
            common = commonStart(common, literalStart(alternative));
        }
        return common;
    }

    /** Splits at each {@code |} outside groups, classes and quotations. */
    private static List<String> alternatives(String regex) {
        List<String> alternatives = new ArrayList<>();
        int start = 0;
        int depth = 0;
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i = endOfEscape(regex, i);
                continue;
            }
            if (c == '[') {
                i = endOfClass(regex, i);
                continue;
            }
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == '|' && depth == 0) {
                alternatives.add(regex.substring(start, i));
                start = i + 1;
            }
            i++;
        }
        alternatives.add(regex.substring(start));
        return alternatives;
    }

    private static int endOfEscape(String regex, int backslash) {
        if (regex.startsWith("\\Q", backslash)) {
            int end = regex.indexOf("\\E", backslash + 2);
            return end < 0 ? regex.length() : end + 2;
        }
        return backslash + 2;
    }

    /** A {@code ]} right after {@code [} or {@code [^} is a member; {@code [:alpha:]} holds a {@code ]} of its own. */
    private static int endOfClass(String regex, int bracket) {
        int i = bracket + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        if (i < regex.length() && regex.charAt(i) == ']') {
            i++;
        }
        while (i < regex.length() && regex.charAt(i) != ']') {
            if (regex.startsWith("[:", i) && regex.indexOf(":]", i + 2) > 0) {
                i = regex.indexOf(":]", i + 2) + 2;
            } else if (regex.charAt(i) == '\\') {
                i += 2;
            } else {
                i++;
            }
        }
        return i + 1;
    }

    /** Whether some group may be {@code (?i)} or the like; a named group counts too, which costs nothing but length. */
    private static boolean setsFlags(String regex) {
        for (int i = regex.indexOf("(?"); i >= 0; i = regex.indexOf("(?", i + 2)) {
            if (!regex.startsWith("(?:", i)) {
                return true;
            }
        }
        return false;
    }

    /** The literal ASCII characters an alternative starts with, up to the first thing that is anything else. */
    private static String literalStart(String alternative) {
        StringBuilder literal = new StringBuilder();
        int i = alternative.startsWith("^") ? 1 : 0;
        while (i < alternative.length()) {
            char c = alternative.charAt(i);
            boolean escaped = c == '\\';
            if (escaped) {
                if (i + 1 == alternative.length()) {
                    break;
                }
                c = alternative.charAt(i + 1);
            }
            if (c == '?' && escaped || c == '#') {
                break;
            }
            if (!isLiteral(c, escaped)) {
                if (!escaped && (c == '*' || c == '?' || c == '{') && !literal.isEmpty()) {
                    literal.setLength(literal.length() - 1); // the last character may come no times
                }
                break;
            }
            literal.append(c);
            i += escaped ? 2 : 1;
        }
        return literal.toString();
    }

    private static boolean isLiteral(char c, boolean escaped) {
        if (c <= ' ' || c >= 0x7f) {
            return false;
        }
        boolean wordCharacter = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        return escaped ? !wordCharacter : ".*+?()[]{}|^$\\".indexOf(c) < 0;
    }

    private static String commonStart(String a, String b) {
        int length = 0;
        while (length < a.length() && length < b.length() && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return a.substring(0, length);
    }
}
