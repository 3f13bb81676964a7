package io.signalbox.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with variable segments, compiled: {@code *} is one segment, {@code **} any number, {@code {name=…}} gives what it
 * matches a name, and may have text on both sides in its segment. Envoy: {@code UriTemplateMatchConfig}; before release 1.39
 * only behind a variable that ends the template.
 *
 * @param regex for the whole path, with a group for each variable
 * @param variables their names, in order
 */
record UriTemplate(Regex regex, List<String> variables) {
    private static final int LONGEST = 256;
    private static final int MOST_VARIABLES = 5;

    /** What a segment may be made of. In templates an asterisk is none of it, in paths it is. */
    private static final String TEXT = "[A-Za-z0-9._~%!$&'()+,;:@=-]";

    private static final String IN_SEGMENT = "[A-Za-z0-9._~%!$&'()*+,;:@=-]";
    private static final String IN_PATH = "[A-Za-z0-9._~%!$&'()*+,;:@=/-]";

    private static final Pattern TOKEN = Pattern.compile("\\*\\*|\\*|/|" + TEXT + "+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]{0,15})(?:=([^{}]+))?}");
    private static final Pattern SEGMENT = Pattern.compile(
            "(?<only>TEXT+)|(?<before>TEXT*)(?<variable>\\{[^{}]*})(?<behind>TEXT*)|(?<wildcard>\\*\\*?)(?<end>TEXT*)"
                    .replace("TEXT", TEXT));

    UriTemplate {
        variables = List.copyOf(variables);
    }

    static UriTemplate parse(String template, Field field) throws InvalidRouteConfiguration {
        if (!template.startsWith("/") || template.length() > LONGEST) {
            throw field.invalid("\"" + template + "\" (expected: a slash and up to " + (LONGEST - 1) + " characters)");
        }
        Parser parser = new Parser(field);
        parser.segments(template);
        if (parser.variables.size() > MOST_VARIABLES) {
            throw field.invalid(parser.variables.size() + " variables (expected: at most " + MOST_VARIABLES + ")");
        }
        return new UriTemplate(Regex.parse("^" + parser.regex + "$", field), parser.variables);
    }

    /** What a template for another path makes of the variables: {@code /v2/{name}}. */
    Substitution rewrite(String template, Field field) throws InvalidRouteConfiguration {
        if (!template.matches("/|(?:/(?:" + TEXT + "|\\*|\\{[^{}=/]*})+)+/?") || template.length() > LONGEST) {
            throw field.invalid("\"" + template + "\" (expected: segments of text and {variables})");
        }
        List<Substitution.Part> parts = new ArrayList<>();
        Matcher variable = Pattern.compile("\\{([^{}]*)}").matcher(template);
        int at = 0;
        for (; variable.find(); at = variable.end()) {
            int index = variables.indexOf(variable.group(1));
            if (index < 0) {
                throw field.invalid("no variable " + variable.group(1) + " (expected: one of " + variables + ")");
            }
            parts.add(new Substitution.Text(template.substring(at, variable.start())));
            parts.add(new Substitution.Group(index + 1));
        }
        parts.add(new Substitution.Text(template.substring(at)));
        return new Substitution(parts);
    }

    private static final class Parser {
        private final Field field;
        private final StringBuilder regex = new StringBuilder();
        private final List<String> variables = new ArrayList<>();
        private boolean afterSeveral;

        Parser(Field field) {
            this.field = field;
        }

        void segments(String template) throws InvalidRouteConfiguration {
            int at = 0;
            while (at < template.length()) {
                regex.append('/');
                int end = endOfSegment(template, at + 1);
                boolean last = end == template.length();
                if (end > at + 1 || !last) {
                    segment(template.substring(at + 1, end), last);
                }
                at = end;
            }
        }

        /** Slashes within braces separate what is within. */
        private static int endOfSegment(String template, int from) {
            int end = from;
            boolean within = false;
            while (end < template.length() && (within || template.charAt(end) != '/')) {
                within = template.charAt(end) == '{' || within && template.charAt(end) != '}';
                end++;
            }
            return end;
        }

        private void segment(String segment, boolean last) throws InvalidRouteConfiguration {
            Matcher matcher = SEGMENT.matcher(segment);
            if (!matcher.matches()) {
                throw field.invalid("\"" + segment + "\" (expected: a text, * or **, or {name} with text around it)");
            } else if (matcher.group("only") != null) {
                text(segment);
            } else if (matcher.group("variable") != null) {
                if (!matcher.group("before").isEmpty()
                        && matcher.group("variable").contains("/")) {
                    throw field.invalid("\"" + segment + "\" (expected: no text before a pattern with a slash)");
                }
                text(matcher.group("before"));
                variable(matcher.group("variable"));
                text(matcher.group("behind"));
            } else if (last || matcher.group("end").isEmpty()) {
                pattern(matcher.group("wildcard"));
                text(matcher.group("end"));
            } else {
                throw field.invalid("\"" + segment + "\" is not supported before the last segment");
            }
        }

        private void text(String text) {
            regex.append(com.google.re2j.Pattern.quote(text));
        }

        private void variable(String text) throws InvalidRouteConfiguration {
            Matcher matcher = VARIABLE.matcher(text);
            if (!matcher.matches() || variables.contains(matcher.group(1))) {
                throw field.invalid(
                        text + " (expected: a name of its own, of a letter and up to 15 more or digits or _)");
            }
            variables.add(matcher.group(1));
            regex.append('(');
            pattern(matcher.group(2) == null ? "*" : matcher.group(2));
            regex.append(')');
        }

        private void pattern(String pattern) throws InvalidRouteConfiguration {
            Matcher token = TOKEN.matcher(pattern);
            int at = 0;
            String before = "/";
            while (at < pattern.length()) {
                // Slashes and what they separate take turns.
                if (!token.find(at)
                        || token.start() != at
                        || before.equals("/") == token.group().equals("/")) {
                    throw field.invalid("\"" + pattern + "\" (expected: segments that are a text, * or **)");
                }
                before = token.group();
                token(before);
                at = token.end();
            }
            if (before.equals("/")) {
                throw field.invalid("\"" + pattern + "\" ends in a slash");
            }
        }

        private void token(String token) throws InvalidRouteConfiguration {
            if (!token.startsWith("*")) {
                regex.append(com.google.re2j.Pattern.quote(token));
                return;
            } else if (afterSeveral) {
                throw field.invalid("has something variable behind **");
            }
            afterSeveral = token.equals("**");
            regex.append(afterSeveral ? IN_PATH + "*" : IN_SEGMENT + "+");
        }
    }
}
