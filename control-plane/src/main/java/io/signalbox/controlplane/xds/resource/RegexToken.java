package io.signalbox.controlplane.xds.resource;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a valid RE2 expression. The texts of all tokens, one after the other, are the expression, less the marks of
 * {@code \Q…\E}. Syntax: https://github.com/google/re2/wiki/Syntax
 *
 * @param character the code point that a {@link Kind#LITERAL} stands for; -1 for other kinds
 */
record RegexToken(Kind kind, String text, int character) {
    enum Kind {
        /** One character. */
        LITERAL,
        /** {@code .} */
        ANY,
        /** {@code [a-z]} */
        CLASS,
        /** <code>\d</code>, <code>\pL</code>, <code>\C</code> */
        CLASS_ESCAPE,
        /** {@code (}, {@code (?:}, {@code (?i:}, {@code (?P<name>} */
        OPEN,
        CLOSE,
        /** {@code (?i)}: sets flags up to the end of the group around it, later alternatives included. */
        FLAGS,
        /** {@code |} */
        OR,
        /** {@code *}, {@code +}, {@code ?}, {@code {2,3}}, or the {@code ?} behind one of these. */
        REPEAT,
        /** {@code ^}, <code>\A</code> */
        START,
        /** {@code $}, <code>\z</code> */
        END,
        /** <code>\b</code>, <code>\B</code> */
        BOUNDARY
    }

    boolean is(Kind other) {
        return kind == other;
    }

    static List<RegexToken> allOf(String regex) {
        List<RegexToken> tokens = new ArrayList<>();
        int i = 0;
        while (i < regex.length()) {
            if (regex.startsWith("\\Q", i)) {
                i = quotation(regex, i + 2, tokens);
            } else {
                RegexToken token = at(regex, i);
                tokens.add(token);
                i += token.text.length();
            }
        }
        return tokens;
    }

    private static int quotation(String regex, int start, List<RegexToken> tokens) {
        int marker = regex.indexOf("\\E", start);
        int end = marker < 0 ? regex.length() : marker;
        regex.substring(start, end)
                .codePoints()
                .forEach(c -> tokens.add(new RegexToken(Kind.LITERAL, String.format("\\x{%x}", c), c)));
        return Math.min(end + 2, regex.length());
    }

    private static RegexToken at(String regex, int i) {
        return switch (regex.charAt(i)) {
            case '\\' -> escape(regex, i);
            case '[' -> other(Kind.CLASS, regex.substring(i, RegexClass.end(regex, i)));
            case '(' -> open(regex, i);
            case ')' -> other(Kind.CLOSE, ")");
            case '|' -> other(Kind.OR, "|");
            case '^' -> other(Kind.START, "^");
            case '$' -> other(Kind.END, "$");
            case '.' -> other(Kind.ANY, ".");
            case '*', '+', '?' -> other(Kind.REPEAT, regex.substring(i, i + 1));
            case '{' -> brace(regex, i);
            default -> literal(regex, i);
        };
    }

    private static RegexToken other(Kind kind, String text) {
        return new RegexToken(kind, text, -1);
    }

    private static RegexToken literal(String regex, int i) {
        int character = regex.codePointAt(i);
        return new RegexToken(Kind.LITERAL, Character.toString(character), character);
    }

    private static RegexToken open(String regex, int i) {
        if (!regex.startsWith("(?", i)) {
            return other(Kind.OPEN, "(");
        }
        int end = i + 2;
        if (regex.charAt(end) == '<' || regex.charAt(end) == 'P') {
            return other(Kind.OPEN, regex.substring(i, regex.indexOf('>', end) + 1));
        }
        while (regex.charAt(end) != ':' && regex.charAt(end) != ')') {
            end++;
        }
        return other(regex.charAt(end) == ':' ? Kind.OPEN : Kind.FLAGS, regex.substring(i, end + 1));
    }

    /** A brace that opens no repetition is a character like any other. */
    private static RegexToken brace(String regex, int i) {
        int end = regex.indexOf('}', i);
        boolean repeat = end > 0 && regex.substring(i + 1, end).matches("[0-9]+(,[0-9]*)?");
        return repeat ? other(Kind.REPEAT, regex.substring(i, end + 1)) : literal(regex, i);
    }

    private static RegexToken escape(String regex, int i) {
        RegexEscape escape = RegexEscape.at(regex, i);
        if (escape.character() >= 0) {
            return new RegexToken(Kind.LITERAL, escape.text(), escape.character());
        }
        Kind kind = switch (regex.charAt(i + 1)) {
            case 'A' -> Kind.START;
            case 'z' -> Kind.END;
            case 'b', 'B' -> Kind.BOUNDARY;
            default -> Kind.CLASS_ESCAPE;
        };
        return other(kind, escape.text());
    }
}
