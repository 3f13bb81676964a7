package io.signalbox.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression in RE2 syntax. Envoy runs RE2 over bytes, not over characters, as can be observed: {@code .}
 * takes half of an é. So the expression's UTF-8 bytes are matched with the request's bytes.
 */
final class Regex {
    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    static Regex parse(String expression, Field field) throws InvalidRouteConfiguration {
        field.requireNonEmpty(expression);
        try {
            return new Regex(Pattern.compile(Ascii.wire(expression)));
        } catch (PatternSyntaxException e) {
            throw field.invalid("\"" + expression + "\" is not RE2 syntax: " + e.getDescription());
        }
    }

    int groups() {
        return pattern.groupCount();
    }

    /** Whether all of the value matches. */
    boolean matches(String value) {
        return pattern.matcher(value).matches();
    }

    /** The value with every match replaced. */
    String replaceAll(String value, Substitution substitution) {
        Matcher matcher = pattern.matcher(value);
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int from = 0;
        int lastEnd = -1;
        while (from <= value.length() && matcher.find(from)) {
            if (matcher.end() == lastEnd && matcher.start() == lastEnd) {
                // RE2 takes no empty match right behind a match: step over one character.
                if (from == value.length()) {
                    break;
                }
                from++;
                lastEnd = -1;
                continue;
            }
            replaced.append(value, copied, matcher.start());
            substitution.appendTo(replaced, matcher);
            copied = matcher.end();
            lastEnd = matcher.end();
            from = matcher.end();
        }
        return replaced.append(value, copied, value.length()).toString();
    }
}
