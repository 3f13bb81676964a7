package io.signalbox.controlplane.xds.resource;

import com.google.re2j.Pattern;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.xds.resource.RegexToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A regex for a whole {@code Cookie} header in which a cookie of this name has a value that fits. Syntax of the header:
 * RFC 6265 section 4.2.1, {@code a=1; b=2}. Names and values are compared byte by byte, quotes included; of several
 * cookies with the same name any may fit.
 *
 * <p>HTTP/2 clients may send each cookie in a line of its own, which Envoy joins. HTTP/1.1 clients must not; where one
 * does, Envoy up to 1.38 joins the lines with commas, which makes the second line part of a value, and from 1.39 looks
 * at each.
 */
final class CookieRegex {
    private static final String ANY = "[^;]*";

    private CookieRegex() {}

    /** For {@link ValueMatch.Present} the regex says that the cookie is there, whichever way the condition goes. */
    static String of(String name, ValueMatch value) {
        return "(?:.*;)?[ \\t]*" + Pattern.quote(name) + "=" + value(value) + "[ \\t]*(?:;.*)?";
    }

    /**
     * A value with quotes or without. Programs with the JDK's jar of cookies take one with {@code Max-Age} for one of RFC 2109 and
     * send it back as {@code $Version="1"; name="37";$Path="/"}.
     */
    static ValueMatch quotedOrNot(String regex) {
        return new ValueMatch.Regex("\"?(?:" + regex + ")\"?");
    }

    private static String value(ValueMatch value) {
        if (value instanceof ValueMatch.Exact exact) {
            return Regexes.literal(exact.value(), exact.ignoreCase());
        } else if (value instanceof ValueMatch.Prefix prefix) {
            return Regexes.literal(prefix.prefix(), prefix.ignoreCase()) + ANY;
        } else if (value instanceof ValueMatch.Suffix suffix) {
            return ANY + Regexes.literal(suffix.suffix(), suffix.ignoreCase());
        } else if (value instanceof ValueMatch.Contains contains) {
            return ANY + Regexes.literal(contains.substring(), contains.ignoreCase()) + ANY;
        } else if (value instanceof ValueMatch.Regex regex) {
            return (regex.ignoreCase() ? "(?i:" : "(?:") + withinValue(regex.regex()) + ")";
        }
        return ANY;
    }

    /**
     * The expression as a part of a larger one: it matches no semicolon, which would be the start of the next cookie, and
     * its anchors mean the ends of the value, not of the header.
     */
    static String withinValue(String regex) {
        List<RegexToken> tokens = RegexToken.allOf(regex);
        List<Boolean> atStart = atEdge(tokens, Kind.OPEN, Kind.CLOSE, Kind.START);
        List<RegexToken> backwards = new ArrayList<>(tokens);
        Collections.reverse(backwards);
        List<Boolean> atEnd = atEdge(backwards, Kind.CLOSE, Kind.OPEN, Kind.END);
        Collections.reverse(atEnd);
        StringBuilder within = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            RegexToken token = tokens.get(i);
            within.append(
                    switch (token.kind()) {
                        case LITERAL -> token.character() == ';' ? RegexClass.NOTHING : token.text();
                        case ANY -> "[^;]";
                        case CLASS -> RegexClass.withoutSemicolon(token.text());
                        case CLASS_ESCAPE -> RegexClass.escapeWithoutSemicolon(token.text());
                        case START -> atStart.get(i) ? "(?:)" : RegexClass.NOTHING;
                        case END -> atEnd.get(i) ? "(?:)" : RegexClass.NOTHING;
                        case OPEN, CLOSE, FLAGS, OR, REPEAT, BOUNDARY -> token.text();
                    });
        }
        return within.toString();
    }

    /** For each token whether nothing but anchors comes before it in its alternative, nor before the groups around it. */
    private static List<Boolean> atEdge(List<RegexToken> tokens, Kind open, Kind close, Kind anchor) {
        List<Boolean> atEdge = new ArrayList<>();
        Deque<Boolean> groups = new ArrayDeque<>();
        boolean groupAtEdge = true;
        boolean here = true;
        for (RegexToken token : tokens) {
            atEdge.add(here);
            if (token.is(open)) {
                groups.push(groupAtEdge);
                groupAtEdge = here;
            } else if (token.is(close)) {
                groupAtEdge = groups.pop();
                here = false;
            } else if (token.is(Kind.OR)) {
                here = groupAtEdge;
            } else if (!token.is(anchor) && !token.is(Kind.FLAGS) && !token.is(Kind.REPEAT)) {
                here = false;
            }
        }
        return atEdge;
    }
}
