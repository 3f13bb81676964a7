package io.signalbox.controlplane.validation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be known of a regex before RE2/J may compile it: RE2/J unrolls repetitions inside each other without a limit,
 * so that {@code ((a{1000}){1000}){1000}} takes all memory, where RE2 refuses it. Only roughly a parser: for an invalid
 * regex the result means nothing.
 */
final class RegexScan {
    private static final int TOO_MANY = 1_000_000;

    private final String regex;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int position;

    /** The most repetitions, nested ones multiplied, of anything in the group that is open. */
    private int inGroup = 1;

    /** The same for what stands right before the position, to which a repetition applies. */
    private int last = 1;

    private boolean beyondAscii;
    private boolean unicodeClass;
    private boolean ignoresCase;

    private RegexScan(String regex) {
        this.regex = regex;
    }

    /**
     * @param repetitions the most, nested ones multiplied
     * @param beyondAscii whether an escape names a character above 127
     * @param unicodeClass whether there is a {@code \pN} or its like
     * @param ignoresCase whether it says {@code (?i)} somewhere
     */
    record Result(int repetitions, boolean beyondAscii, boolean unicodeClass, boolean ignoresCase) {}

    static Result scan(String regex) {
        RegexScan scan = new RegexScan(regex);
        while (scan.position < regex.length()) {
            scan.step();
        }
        int most = scan.inGroup;
        for (int outer : scan.open) {
            most = Math.max(most, outer);
        }
        return new Result(most, scan.beyondAscii, scan.unicodeClass, scan.ignoresCase);
    }

    private void step() {
        switch (regex.charAt(position++)) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '{' -> repetition();
            case '(' -> {
                ignoresCase |= setsFlagI();
                open.push(inGroup);
                inGroup = 1;
                last = 1;
            }
            case ')' -> {
                last = inGroup;
                inGroup = Math.max(inGroup, open.isEmpty() ? 1 : open.pop());
            }
            case '*', '+', '?' -> {}
            default -> last = 1;
        }
    }

    private boolean isUnicodeClass(int at) {
        return regex.startsWith("p", at) || regex.startsWith("P", at);
    }

    /** What begins here may be {@code (?i)}, {@code (?si-m:} and the like. */
    private boolean setsFlagI() {
        if (!regex.startsWith("?", position)) {
            return false;
        }
        int end = position + 1;
        while (end < regex.length() && "imsU".indexOf(regex.charAt(end)) >= 0) {
            end++;
        }
        return regex.substring(position, end).indexOf('i') >= 0;
    }

    private void escape() {
        last = 1;
        if (regex.startsWith("Q", position)) {
            int end = regex.indexOf("\\E", position);
            position = end < 0 ? regex.length() : end + 2;
        } else if (regex.startsWith("x", position)) {
            beyondAscii |= hex(position + 1) > 0x7f;
            position++;
        } else {
            unicodeClass |= isUnicodeClass(position);
            position++;
        }
    }

    /** The value of {@code HH} or <code>{H…}</code>; 0 if it is neither. */
    private int hex(int from) {
        boolean braces = regex.startsWith("{", from);
        int end = braces ? regex.indexOf('}', from) : from + 2;
        try {
            return end < 0 || end > regex.length()
                    ? 0
                    : Integer.parseInt(regex.substring(braces ? from + 1 : from, end), 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void characterClass() {
        last = 1;
        if (regex.startsWith("^", position)) {
            position++;
        }
        if (regex.startsWith("]", position)) {
            position++; // right here it is a member
        }
        while (position < regex.length() && regex.charAt(position) != ']') {
            if (regex.charAt(position) == '\\') {
                unicodeClass |= isUnicodeClass(position + 1);
                beyondAscii |= regex.startsWith("x", position + 1) && hex(position + 2) > 0x7f;
                position++;
            } else if (regex.startsWith("[:", position)) {
                int end = regex.indexOf(":]", position);
                position = end < 0 ? position : end + 1;
            }
            position++;
        }
        position++;
    }

    private void repetition() {
        int end = regex.indexOf('}', position);
        if (end < 0) {
            last = 1;
            return;
        }
        int most = 1;
        for (String bound : regex.substring(position, end).split(",", -1)) {
            if (bound.isEmpty()) {
                continue;
            }
            if (!bound.chars().allMatch(c -> c >= '0' && c <= '9')) {
                last = 1; // not a repetition but a brace
                return;
            }
            most = Math.max(most, bound.length() > 6 ? TOO_MANY : Integer.parseInt(bound));
        }
        position = end + 1;
        last = (int) Math.min(TOO_MANY, (long) last * most);
        inGroup = Math.max(inGroup, last);
    }
}
