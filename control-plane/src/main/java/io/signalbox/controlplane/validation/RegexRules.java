package io.signalbox.controlplane.validation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regexes for RE2, Envoy's engine. RE2/J has its grammar; what differs is looked at here, with limits that keep what RE2
 * compiles far below its memory limit, where it refuses, on every supported Envoy.
 */
final class RegexRules {
    /** RE2: {@code maximum_repeat_count}, which it holds repetitions inside each other to as well. */
    private static final int MOST_REPETITIONS = 1000;

    /** In instructions of RE2/J. */
    private static final int LARGEST_PROGRAM = 2000;

    /**
     * In instructions of RE2, whose limit is about 170,000. Envoy 1.36 compiles for UTF-8, where a class such
     * as {@code \pL} takes up to 1200 of them, a dot or a negated class about 12.
     */
    private static final int LARGEST_EXPANSION = 100_000;

    private static final int COST_OF_UNICODE_CLASS = 1300;
    private static final int COST_OF_OTHERS = 12;

    private RegexRules() {}

    static void check(String regex, Findings findings) {
        check(regex, false, findings);
    }

    /** @param ignoreCase whether it is to be used as if it said so itself */
    static void check(String regex, boolean ignoreCase, Findings findings) {
        RegexScan.Result scan = RegexScan.scan(regex);
        if (scan.beyondAscii() || !regex.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            // Envoy 1.36 takes regexes as UTF-8, 1.40 takes them as Latin-1: the same regex would mean two things.
            findings.add(Findings.quote(regex), "an RE2 expression in printable ASCII");
            return;
        }
        if (scan.unicodeClass() && (ignoreCase || scan.ignoresCase())) {
            // To RE2 an A is in (?i)\p{Ll}, to RE2/J it is not.
            findings.add(
                    Findings.quote(regex) + ", ignoring case", "no Unicode classes (\\p, \\P) where case is ignored");
            return;
        }
        if (scan.repetitions() > MOST_REPETITIONS) {
            findings.add(Findings.quote(regex), "at most " + MOST_REPETITIONS + " repetitions, nested ones multiplied");
            return;
        }
        try {
            checkSize(Pattern.compile(regex).programSize(), regex, findings);
            // Where a regex is put inside another one, as for cookies, an open \Q must not swallow the rest.
            Pattern.compile("(?:" + regex + ")");
        } catch (PatternSyntaxException e) {
            findings.add(Findings.quote(regex) + ": " + reason(e), "an RE2 expression");
        }
    }

    private static void checkSize(int size, String regex, Findings findings) {
        boolean unicode = regex.contains("\\p") || regex.contains("\\P");
        int cost = unicode ? COST_OF_UNICODE_CLASS : COST_OF_OTHERS;
        if (size > LARGEST_PROGRAM || (long) size * cost > LARGEST_EXPANSION) {
            int limit = Math.min(LARGEST_PROGRAM, LARGEST_EXPANSION / cost);
            findings.add(
                    Findings.quote(regex) + ", a program of " + size + " instructions",
                    "a simpler one, of at most " + limit + " instructions");
        }
    }

    private static String reason(PatternSyntaxException e) {
        return e.getDescription() + (e.getPattern().isEmpty() ? "" : ": " + Findings.quote(e.getPattern()));
    }
}
