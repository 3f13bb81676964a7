package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of which some segments are variable: {@code *} is one segment, {@code **} any number of them, {@code {id}} is one
 * that has a name, {@code {rest=docs/**}} several. Text may stand around what has a name, {@code /v{version}/docs}, but
 * not before a pattern with a slash, and at the end behind what has none, {@code /v/*.mp4}.
 *
 * <p>Envoy: {@code UriTemplateMatchConfig}. Text before a name, and behind one that is not last, needs release 1.39; the
 * rest all supported releases take alike.
 *
 * @param start the text that every path which fits starts with
 * @param variables their names
 */
public record PathTemplate(String start, Set<String> variables) {
    private static final int MOST_VARIABLES = 5;
    private static final String LITERAL = "[A-Za-z0-9._~%!$&'()+,;:@=-]";
    private static final Pattern TEXT = Pattern.compile(LITERAL + "+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}=]*)(?:=([^{}]*))?}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,15}");
    private static final Pattern NAMED = Pattern.compile(LITERAL + "*(\\{[^{}]*})" + LITERAL + "*", Pattern.DOTALL);
    private static final Pattern NAMELESS = Pattern.compile("(\\*\\*|\\*)(" + LITERAL + "*)");

    public PathTemplate {
        variables = Set.copyOf(variables);
    }

    /** What is wrong with a template; empty if it is one. */
    public static Optional<String> problem(String template) {
        return new Reader(template).problem();
    }

    /** @throws IllegalArgumentException when it is none */
    public static PathTemplate parse(String template) {
        Reader reader = new Reader(template);
        reader.problem().ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        int variable = 0;
        while (variable < template.length() && "*{".indexOf(template.charAt(variable)) < 0) {
            variable++;
        }
        return new PathTemplate(template.substring(0, variable), reader.names);
    }

    /** What is wrong with a template that makes a path out of the variables of this one; empty if nothing is. */
    public Optional<String> problemOfRewrite(String template) {
        StringBuilder filled = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int at = 0;
        for (; variable.find(); at = variable.end()) {
            String name = variable.group(1);
            if (variable.group(2) != null || !variables.contains(name)) {
                return Optional.of(variable.group() + " is no variable of the path's template");
            }
            filled.append(template, at, variable.start()).append('x');
        }
        String text = filled.append(template.substring(at)).toString();
        for (String segment : segments(text)) {
            if (!TEXT.matcher(segment).matches()) {
                return Optional.of("\"" + segment + "\" is no segment");
            }
        }
        return Optional.empty();
    }

    /** Without the slash before each; a slash at the end begins none. */
    private static List<String> segments(String path) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        boolean endsInSlash = segments.get(segments.size() - 1).isEmpty();
        return endsInSlash ? segments.subList(0, segments.size() - 1) : segments;
    }

    /** Reads one template. */
    private static final class Reader {
        private final String template;
        private final Set<String> names = new HashSet<>();
        private int variables;
        private boolean several;

        Reader(String template) {
            this.template = template;
        }

        Optional<String> problem() {
            names.clear();
            variables = 0;
            several = false;
            List<String> segments = split(template);
            for (int i = 0; i < segments.size(); i++) {
                Optional<String> problem = segment(segments.get(i), i == segments.size() - 1);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return variables > MOST_VARIABLES
                    ? Optional.of("it has " + variables + " variables (expected: at most " + MOST_VARIABLES + ")")
                    : Optional.empty();
        }

        /** At slashes outside of braces. */
        private static List<String> split(String template) {
            List<String> segments = new ArrayList<>();
            StringBuilder segment = new StringBuilder();
            int depth = 0;
            for (int i = 1; i < template.length(); i++) {
                char c = template.charAt(i);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (c == '/' && depth == 0) {
                    segments.add(segment.toString());
                    segment.setLength(0);
                } else {
                    segment.append(c);
                }
            }
            if (!segment.isEmpty() || segments.isEmpty() && template.length() > 1) {
                segments.add(segment.toString());
            }
            return segments;
        }

        private Optional<String> segment(String segment, boolean last) {
            if (TEXT.matcher(segment).matches()) {
                return Optional.empty();
            }
            Matcher named = NAMED.matcher(segment);
            if (named.matches()) {
                return named.start(1) > 0 && named.group(1).contains("/")
                        ? Optional.of("\"" + segment + "\" has a text before a variable of several segments")
                        : variable(named.group(1));
            }
            Matcher nameless = NAMELESS.matcher(segment);
            if (!nameless.matches()) {
                return Optional.of("\"" + segment + "\" is no segment");
            } else if (!nameless.group(2).isEmpty() && (!last || template.endsWith("/"))) {
                return Optional.of("\"" + segment + "\" has a text behind its wildcard and is not the last segment");
            }
            return wildcard(nameless.group(1));
        }

        private Optional<String> wildcard(String operator) {
            if (several) {
                return Optional.of("something variable stands behind **, which takes all that follows");
            }
            several = operator.equals("**");
            return Optional.empty();
        }

        private Optional<String> variable(String braces) {
            Matcher matcher = VARIABLE.matcher(braces);
            if (!matcher.matches() || !NAME.matcher(matcher.group(1)).matches()) {
                return Optional.of(braces + " has no name of a letter and up to 15 letters, digits and _");
            } else if (!names.add(matcher.group(1))) {
                return Optional.of("the name " + matcher.group(1) + " stands there twice");
            }
            variables++;
            String pattern = matcher.group(2);
            if (pattern == null) {
                return wildcard("*");
            }
            for (String part : pattern.split("/", -1)) {
                boolean text = TEXT.matcher(part).matches();
                if (!text && !part.equals("*") && !part.equals("**")) {
                    return Optional.of(braces + " has a part that is neither text nor * nor **");
                }
                Optional<String> problem = text ? Optional.empty() : wildcard(part);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        }
    }
}
