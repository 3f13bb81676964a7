package io.signalbox.controlplane.xds.resource;

import io.signalbox.testkit.SeededDice;

/** Expressions of a few characters that combine all of RE2's syntax, and texts that have a chance to match them. */
final class RandomRegex {
    private static final String[] ATOMS = {
        "/",
        "/",
        "a",
        "a",
        "b",
        "B",
        ";",
        ".",
        "[ab]",
        "[^a]",
        "[^]a]",
        "[]a]",
        "[/-b]",
        "[^-a]",
        "[!-~]",
        "\\d",
        "\\S",
        "\\W",
        "\\pL",
        "\\pP",
        "\\P{Lu}",
        "\\p{^Lu}",
        "[[:punct:]]",
        "[^[:alpha:]]",
        "[[:^digit:]a]",
        "[\\S]",
        "[\\pP/]",
        "\\.",
        "\\/",
        "\\;",
        "\\x61",
        "\\x{2f}",
        "\\073",
        "\\Q/a\\E",
        "\\Q;(|\\E",
        "^",
        "$",
        "\\A",
        "\\z",
        "\\b",
        "(?i)",
        "(?s)"
    };
    private static final String[] REPEATS = {"*", "+", "?", "{0,2}", "{2}", "*?", "+?"};
    private static final String[] GROUPS = {"(", "(?:", "(?i:", "(?P<n>"};

    private RandomRegex() {}

    static String next(SeededDice dice, int depth) {
        StringBuilder regex = new StringBuilder();
        int pieces = 1 + dice.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            if (i > 0 && dice.oneIn(6)) {
                regex.append('|');
            }
            if (depth > 0 && dice.oneIn(5)) {
                regex.append(dice.pick(GROUPS)).append(next(dice, depth - 1)).append(')');
            } else {
                regex.append(dice.pick(ATOMS));
            }
            if (dice.oneIn(5)) {
                regex.append(dice.pick(REPEATS));
            }
        }
        return regex.toString();
    }

    /** @param start what the text may start with */
    static String text(SeededDice dice, String start) {
        StringBuilder text = new StringBuilder(dice.nextBoolean() ? start : "");
        int length = dice.nextInt(4);
        for (int i = 0; i < length; i++) {
            text.append(dice.pick("/", "a", "b", "A", "B", ";", ".", "1", "é"));
        }
        return text.toString();
    }
}
