package io.signalbox.controlplane.xds.resource;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;

/**
 * Regexes as Envoy takes them.
 *
 * <p>Envoy refuses a regex whose RE2 program has more than 100 instructions, unless its runtime key
 * {@code re2.max_program_size.error_level} says otherwise, and a refused regex means a refused route table. The limit is
 * meant for those who cannot check regexes beforehand; we can, and so raise it where it may be reached. The field for
 * that is deprecated, so Envoy logs a warning; it stays unset where it is not needed.
 */
final class Regexes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int RAISED_LIMIT = 1_000_000;

    /** What a class of characters beyond ASCII, which RE2 matches byte by byte, may cost over its cost in re2j. */
    private static final int WIDE_CLASS = 8;

    private Regexes() {}

    static RegexMatcher matcher(String regex) {
        RegexMatcher.Builder matcher = RegexMatcher.newBuilder().setRegex(regex);
        if (programSizeBound(regex) > DEFAULT_LIMIT) {
            raiseLimit(matcher);
        }
        return matcher.build();
    }

    @SuppressWarnings("deprecation") // see the class comment
    private static void raiseLimit(RegexMatcher.Builder matcher) {
        matcher.getGoogleRe2Builder().getMaxProgramSizeBuilder().setValue(RAISED_LIMIT);
    }

    /** At least the size of RE2's program; far more than that for what is hard to tell. */
    private static int programSizeBound(String regex) {
        int wide = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '.' || c == '[' || c == '\\') {
                wide++;
            }
            if (c == '{'
                    || c > 0x7f
                    || c == '\\' && i + 1 < regex.length() && "pPx".indexOf(regex.charAt(i + 1)) >= 0) {
                return Integer.MAX_VALUE;
            }
        }
        boolean flags = regex.contains("(?") && !regex.replace("(?:", "").equals(regex);
        return Pattern.compile(regex).programSize() + WIDE_CLASS * wide + (flags ? regex.length() : 0);
    }
}
