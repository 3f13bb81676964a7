package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A query with places for what is known only of a canary under way: <code>rate(errors{pool="{{ canary }}"}[{{ interval }}])</code>. */
public record QueryTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}\\s]*)\\s*\\}\\}");
    private static final String OPENING = "{{";

    /** What a place can stand for; in text lower case. */
    public enum Variable {
        /** The canary's name. */
        NAME,
        /** The stable pool's name. */
        STABLE,
        /** The canary pool's name. */
        CANARY,
        /** How often it is asked. */
        INTERVAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Variable> find(String word) {
            return Arrays.stream(values())
                    .filter(variable -> variable.word().equals(word))
                    .findFirst();
        }
    }

    /** The places that stand for nothing, as they are written, and one that does not end. */
    public List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        PLACE.matcher(text)
                .results()
                .filter(place -> Variable.find(place.group(1)).isEmpty())
                .forEach(place -> unknown.add(place.group()));
        String rest = PLACE.matcher(text).replaceAll("");
        if (rest.contains(OPENING)) {
            unknown.add(rest.substring(rest.indexOf(OPENING)));
        }
        return unknown;
    }

    /** The query, with each place filled. What stands for nothing stays. */
    public String fill(Function<Variable, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Variable.find(place.group(1)).map(values).orElseGet(place::group)));
    }
}
