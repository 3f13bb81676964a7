package io.signalbox.controlplane.xds.resource;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.signalbox.controlplane.xds.resource.RegexToken.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Regexes as Envoy takes them.
 *
 * <p>Envoy refuses a regex whose RE2 program has more than 100 instructions, unless its runtime key
 * {@code re2.max_program_size.error_level} says otherwise, and with it the whole route table. The limit is for those who
 * cannot check regexes beforehand; we can, so we raise it where it may be reached. The field for that is deprecated and
 * makes Envoy log a warning, so it stays unset elsewhere.
 */
final class Regexes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int RAISED_LIMIT = 1_000_000;

    /** What any class that reaches beyond ASCII costs, encoded in UTF-8. */
    private static final int WIDE_CLASS = 8;

    private Regexes() {}

    static RegexMatcher matcher(String regex) {
        RegexMatcher.Builder matcher = RegexMatcher.newBuilder().setRegex(regex);
        if (mayExceedDefaultLimit(regex)) {
            raiseLimit(matcher);
        }
        return matcher.build();
    }

    /** Envoy ignores no case of expressions by itself; RE2 does when it is told in them. */
    static RegexMatcher matcher(String regex, boolean ignoreCase) {
        return matcher(ignoreCase ? "(?i:" + regex + ")" : regex);
    }

    /** An expression for this text alone, in any case of the letters A to Z or in its own. */
    static String literal(String text, boolean ignoreCase) {
        if (!ignoreCase) {
            return Pattern.quote(text);
        }
        StringBuilder literal = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            // Not (?i), which takes the Kelvin sign for a k where the engine reads UTF-8.
            literal.append(
                    letter ? "[" + (char) (c & ~0x20) + (char) (c | 0x20) + "]" : Pattern.quote(Character.toString(c)));
        });
        return literal.toString();
    }

    @SuppressWarnings("deprecation") // see the class comment
    private static void raiseLimit(RegexMatcher.Builder matcher) {
        matcher.getGoogleRe2Builder().getMaxProgramSizeBuilder().setValue(RAISED_LIMIT);
    }

    /** Errs on the safe side: what is hard to tell may exceed it. */
    private static boolean mayExceedDefaultLimit(String regex) {
        List<RegexToken> tokens = RegexToken.allOf(regex);
        if (tokens.stream().anyMatch(Regexes::isHardToTell)) {
            return true;
        }
        int size = Pattern.compile(regex).programSize();
        boolean counted =
                tokens.stream().anyMatch(t -> t.is(Kind.REPEAT) && t.text().startsWith("{"));
        IntStream extra = tokens.stream().mapToInt(Regexes::extraInstructions);
        // What is repeated three times is there three times; each instruction of re2j's may be of the costliest token.
        int bound = counted ? size * (1 + extra.max().orElse(0)) : size + extra.sum();
        return bound > DEFAULT_LIMIT;
    }

    /** How many more RE2, which matches bytes, may need than re2j, which matches characters and takes one for a class. */
    private static int extraInstructions(RegexToken token) {
        String text = token.text();
        return switch (token.kind()) {
            case ANY -> WIDE_CLASS;
            case CLASS_ESCAPE -> text.equals("\\d") ? 0 : WIDE_CLASS + 4;
            case CLASS ->
                text.startsWith("[^") || text.contains("\\") || text.contains("[:")
                        ? WIDE_CLASS + text.length()
                        : text.length() - 3;
            case LITERAL -> token.character() < 0x80 ? 0 : 3;
            default -> 0;
        };
    }

    /** Unicode classes have hundreds of ranges; ignoring case adds characters. */
    private static boolean isHardToTell(RegexToken token) {
        String text = token.text();
        return switch (token.kind()) {
            case FLAGS -> true;
            case OPEN -> text.startsWith("(?") && !text.equals("(?:") && !text.contains("<");
            case CLASS -> text.contains("\\x") || text.chars().anyMatch(c -> c > 0x7f) || text.matches(".*\\\\[pP].*");
            case CLASS_ESCAPE -> text.startsWith("\\p") || text.startsWith("\\P");
            default -> false;
        };
    }
}
