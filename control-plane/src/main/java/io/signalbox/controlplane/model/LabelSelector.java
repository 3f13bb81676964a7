package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions on labels: {@code team=payments,stage!=test,owner,!legacy}; all must hold. */
public final class LabelSelector {
    private static final Pattern CONDITION =
            Pattern.compile("(!?)([A-Za-z0-9][A-Za-z0-9._/-]{0,62})(?:(!?=)([A-Za-z0-9._-]{0,63}))?");

    private LabelSelector() {}

    /** @return empty when it cannot be read */
    public static Optional<Predicate<Map<String, String>>> parse(String text) {
        List<Predicate<Map<String, String>>> conditions = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = CONDITION.matcher(part);
            if (!matcher.matches() || (!matcher.group(1).isEmpty() && matcher.group(3) != null)) {
                return Optional.empty();
            }
            conditions.add(condition(matcher));
        }
        return Optional.of(labels -> conditions.stream().allMatch(condition -> condition.test(labels)));
    }

    private static Predicate<Map<String, String>> condition(Matcher matcher) {
        String key = matcher.group(2);
        if (matcher.group(3) == null) {
            boolean present = matcher.group(1).isEmpty();
            return labels -> labels.containsKey(key) == present;
        }
        boolean equal = matcher.group(3).equals("=");
        String value = matcher.group(4);
        return labels -> value.equals(labels.get(key)) == equal;
    }
}
