package io.signalbox.routing;

import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.Set;

/** Reads string matchers: Envoy's own, and the equal ones of xDS that matcher trees use. */
final class StringMatchParser {
    private static final Set<String> FIELDS =
            Set.of("exact", "prefix", "suffix", "contains", "safe_regex", "ignore_case");

    private StringMatchParser() {}

    static StringMatch parse(StringMatcher proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, FIELDS);
        boolean anyCase = proto.getIgnoreCase();
        return switch (proto.getMatchPatternCase()) {
            case EXACT -> exact(proto.getExact(), anyCase);
            case PREFIX -> prefix(proto.getPrefix(), anyCase, field.child("prefix"));
            case SUFFIX -> suffix(proto.getSuffix(), anyCase, field.child("suffix"));
            case CONTAINS -> contains(proto.getContains(), anyCase, field.child("contains"));
            case SAFE_REGEX -> {
                requireCase(anyCase, field);
                yield new StringMatch.Matching(regex(proto.getSafeRegex(), field.child("safe_regex")));
            }
            case CUSTOM, MATCHPATTERN_NOT_SET ->
                throw field.child("match_pattern").required();
        };
    }

    static StringMatch parse(com.github.xds.type.matcher.v3.StringMatcher proto, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, FIELDS);
        boolean anyCase = proto.getIgnoreCase();
        return switch (proto.getMatchPatternCase()) {
            case EXACT -> exact(proto.getExact(), anyCase);
            case PREFIX -> prefix(proto.getPrefix(), anyCase, field.child("prefix"));
            case SUFFIX -> suffix(proto.getSuffix(), anyCase, field.child("suffix"));
            case CONTAINS -> contains(proto.getContains(), anyCase, field.child("contains"));
            case SAFE_REGEX -> {
                requireCase(anyCase, field);
                Field regex = field.child("safe_regex");
                regex.requireOnly(proto.getSafeRegex(), Set.of("google_re2", "regex"));
                yield new StringMatch.Matching(Regex.parse(proto.getSafeRegex().getRegex(), regex.child("regex")));
            }
            case CUSTOM, MATCHPATTERN_NOT_SET ->
                throw field.child("match_pattern").required();
        };
    }

    static Regex regex(RegexMatcher proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("google_re2", "regex"));
        return Regex.parse(proto.getRegex(), field.child("regex"));
    }

    static StringMatch exact(String text, boolean anyCase) {
        String wire = Ascii.wire(text);
        return anyCase ? new StringMatch.ExactIgnoringCase(Ascii.lower(wire)) : new StringMatch.Exact(wire);
    }

    static StringMatch prefix(String text, boolean anyCase, Field field) throws InvalidRouteConfiguration {
        field.requireNonEmpty(text);
        String wire = Ascii.wire(text);
        return anyCase ? new StringMatch.PrefixIgnoringCase(Ascii.lower(wire)) : new StringMatch.Prefix(wire);
    }

    static StringMatch suffix(String text, boolean anyCase, Field field) throws InvalidRouteConfiguration {
        field.requireNonEmpty(text);
        String wire = Ascii.wire(text);
        return anyCase ? new StringMatch.SuffixIgnoringCase(Ascii.lower(wire)) : new StringMatch.Suffix(wire);
    }

    static StringMatch contains(String text, boolean anyCase, Field field) throws InvalidRouteConfiguration {
        field.requireNonEmpty(text);
        String wire = Ascii.wire(text);
        return anyCase ? new StringMatch.ContainsIgnoringCase(Ascii.lower(wire)) : new StringMatch.Contains(wire);
    }

    private static void requireCase(boolean anyCase, Field field) throws InvalidRouteConfiguration {
        if (anyCase) {
            throw field.child("ignore_case").invalid("has no effect on a regular expression");
        }
    }
}
