package io.signalbox.controlplane.xds.resource;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** An expression for every text that is none of some, which RE2 has no sign for. */
final class OtherTexts {
    private OtherTexts() {}

    /** @param texts in ASCII, at least one */
    static String than(SortedSet<String> texts) {
        return rest(texts, 0);
    }

    /** @param texts that are the same up to this place */
    private static String rest(SortedSet<String> texts, int at) {
        SortedSet<Character> next = new TreeSet<>();
        texts.stream().filter(text -> text.length() > at).forEach(text -> next.add(text.charAt(at)));
        List<String> ways = new ArrayList<>();
        boolean mayEnd = texts.first().length() > at; // the shortest comes first
        if (mayEnd) {
            ways.add("");
        }
        ways.add(next.isEmpty() ? ".+" : "[^" + quoted(next) + "].*");
        for (char c : next) {
            SortedSet<String> longer = new TreeSet<>(texts);
            longer.removeIf(text -> text.length() <= at || text.charAt(at) != c);
            ways.add(Pattern.quote(String.valueOf(c)) + rest(longer, at + 1));
        }
        return "(?:" + String.join("|", ways) + ")";
    }

    private static String quoted(SortedSet<Character> characters) {
        StringBuilder quoted = new StringBuilder();
        characters.forEach(c -> quoted.append(c == '-' ? "\\-" : Pattern.quote(String.valueOf(c))));
        return quoted.toString();
    }
}
