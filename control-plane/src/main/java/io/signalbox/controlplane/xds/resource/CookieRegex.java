package io.signalbox.controlplane.xds.resource;

import com.google.re2j.Pattern;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;

/**
 * A regex for a whole {@code Cookie} header in which a cookie of this name has a value that fits. Syntax of the header:
 * RFC 6265 section 4.2.1, {@code a=1; b=2}. Names and values are compared byte by byte, quotes included; of several
 * cookies with the same name any may fit.
 */
final class CookieRegex {
    private static final String ANY = "[^;]*";

    private CookieRegex() {}

    /** For {@link ValueMatch.Present} the regex says that the cookie is there, whichever way the condition goes. */
    static String of(String name, ValueMatch value) {
        return "(?:.*;)?[ \\t]*" + Pattern.quote(name) + "=" + value(value) + "[ \\t]*(?:;.*)?";
    }

    private static String value(ValueMatch value) {
        if (value instanceof ValueMatch.Exact exact) {
            return Pattern.quote(exact.value());
        } else if (value instanceof ValueMatch.Prefix prefix) {
            return Pattern.quote(prefix.prefix()) + ANY;
        } else if (value instanceof ValueMatch.Suffix suffix) {
            return ANY + Pattern.quote(suffix.suffix());
        } else if (value instanceof ValueMatch.Contains contains) {
            return ANY + Pattern.quote(contains.substring()) + ANY;
        } else if (value instanceof ValueMatch.Regex regex) {
            return "(?:" + regex.regex() + ")";
        }
        return ANY;
    }
}
