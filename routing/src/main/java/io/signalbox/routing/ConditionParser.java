package io.signalbox.routing;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.util.Set;

/** Reads header and query matchers and fractions. */
final class ConditionParser {
    private static final StringMatch ANYTHING = new StringMatch.Anything();
    private static final Set<String> HEADER_FIELDS = Set.of(
            "name",
            "exact_match",
            "safe_regex_match",
            "range_match",
            "present_match",
            "prefix_match",
            "suffix_match",
            "contains_match",
            "string_match",
            "invert_match",
            "treat_missing_header_as_empty");

    private ConditionParser() {}

    static Condition header(HeaderMatcher proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, HEADER_FIELDS);
        field.child("name").requireNonEmpty(proto.getName());
        HeaderName name = HeaderName.of(proto.getName());
        return switch (proto.getHeaderMatchSpecifierCase()) {
            case PRESENT_MATCH, HEADERMATCHSPECIFIER_NOT_SET -> presence(proto, name);
            default ->
                new Condition.Header(
                        name, value(proto, field), proto.getInvertMatch(), proto.getTreatMissingHeaderAsEmpty());
        };
    }

    private static Condition presence(HeaderMatcher proto, HeaderName name) {
        boolean present = (!proto.hasPresentMatch() || proto.getPresentMatch()) != proto.getInvertMatch();
        if (!proto.getTreatMissingHeaderAsEmpty()) {
            return new Condition.HeaderPresence(name, present);
        }
        // A header that is empty where it is missing is always there.
        return present ? new Condition.Header(name, ANYTHING, false, true) : new Condition.Never();
    }

    @SuppressWarnings("deprecation") // The old forms are still what many configurations say.
    private static StringMatch value(HeaderMatcher proto, Field field) throws InvalidRouteConfiguration {
        return switch (proto.getHeaderMatchSpecifierCase()) {
            // An empty exact_match has always meant "present"; a string_match that is exactly empty means empty.
            case EXACT_MATCH ->
                proto.getExactMatch().isEmpty() ? ANYTHING : StringMatchParser.exact(proto.getExactMatch(), false);
            case PREFIX_MATCH -> StringMatchParser.prefix(proto.getPrefixMatch(), false, field.child("prefix_match"));
            case SUFFIX_MATCH -> StringMatchParser.suffix(proto.getSuffixMatch(), false, field.child("suffix_match"));
            case CONTAINS_MATCH ->
                StringMatchParser.contains(proto.getContainsMatch(), false, field.child("contains_match"));
            case SAFE_REGEX_MATCH ->
                new StringMatch.Matching(
                        StringMatchParser.regex(proto.getSafeRegexMatch(), field.child("safe_regex_match")));
            case RANGE_MATCH ->
                new StringMatch.Range(
                        proto.getRangeMatch().getStart(), proto.getRangeMatch().getEnd());
            case STRING_MATCH -> StringMatchParser.parse(proto.getStringMatch(), field.child("string_match"));
            case PRESENT_MATCH, HEADERMATCHSPECIFIER_NOT_SET -> ANYTHING;
        };
    }

    static Condition query(QueryParameterMatcher proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("name", "string_match", "present_match"));
        field.child("name").requireNonEmpty(proto.getName());
        String name = Ascii.wire(proto.getName());
        return switch (proto.getQueryParameterMatchSpecifierCase()) {
            case STRING_MATCH ->
                new Condition.Query(name, StringMatchParser.parse(proto.getStringMatch(), field.child("string_match")));
            case PRESENT_MATCH ->
                new Condition.QueryPresence(new Condition.Query(name, ANYTHING), proto.getPresentMatch());
            case QUERYPARAMETERMATCHSPECIFIER_NOT_SET -> new Condition.Query(name, ANYTHING);
        };
    }

    /** Runtime overrides are none of ours: the default value is the value. */
    static Condition.Fraction fraction(RuntimeFractionalPercent proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("default_value", "runtime_key"));
        if (!proto.hasDefaultValue()) {
            throw field.child("default_value").required();
        }
        FractionalPercent percent = proto.getDefaultValue();
        long denominator = switch (percent.getDenominator()) {
            case HUNDRED -> 100;
            case TEN_THOUSAND -> 10_000;
            case MILLION -> 1_000_000;
            case UNRECOGNIZED ->
                throw field.child("default_value").child("denominator").unsupported();
        };
        return new Condition.Fraction(Integer.toUnsignedLong(percent.getNumerator()), denominator);
    }
}
