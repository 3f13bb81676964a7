package io.signalbox.routing;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads matcher trees, with the inputs and actions that Envoy allows in a virtual host. */
final class MatcherParser {
    private final RouteParser routes;

    MatcherParser(RouteParser routes) {
        this.routes = routes;
    }

    Matcher parse(com.github.xds.type.matcher.v3.Matcher proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("matcher_list", "matcher_tree", "on_no_match"));
        Matcher otherwise =
                proto.hasOnNoMatch() ? onMatch(proto.getOnNoMatch(), field.child("on_no_match")) : Matcher.NOTHING;
        return switch (proto.getMatcherTypeCase()) {
            case MATCHER_LIST -> list(proto.getMatcherList(), otherwise, field.child("matcher_list"));
            case MATCHER_TREE -> tree(proto.getMatcherTree(), otherwise, field.child("matcher_tree"));
            case MATCHERTYPE_NOT_SET -> otherwise;
        };
    }

    private Matcher list(com.github.xds.type.matcher.v3.Matcher.MatcherList proto, Matcher otherwise, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("matchers"));
        List<Matcher.Case> cases = new ArrayList<>(proto.getMatchersCount());
        for (int i = 0; i < proto.getMatchersCount(); i++) {
            cases.add(fieldMatcher(proto.getMatchers(i), field.child("matchers", i)));
        }
        if (cases.isEmpty()) {
            throw field.child("matchers").required();
        }
        return new Matcher.Cases(cases, otherwise);
    }

    private Matcher.Case fieldMatcher(FieldMatcher proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("predicate", "on_match"));
        return new Matcher.Case(
                predicate(proto.getPredicate(), field.child("predicate")),
                onMatch(proto.getOnMatch(), field.child("on_match")));
    }

    private static Predicate predicate(com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate proto, Field field)
            throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("single_predicate", "or_matcher", "and_matcher", "not_matcher"));
        return switch (proto.getMatchTypeCase()) {
            case SINGLE_PREDICATE -> single(proto.getSinglePredicate(), field.child("single_predicate"));
            case OR_MATCHER -> new Predicate.Any(predicates(proto.getOrMatcher(), field.child("or_matcher")));
            case AND_MATCHER -> new Predicate.All(predicates(proto.getAndMatcher(), field.child("and_matcher")));
            case NOT_MATCHER -> new Predicate.Not(predicate(proto.getNotMatcher(), field.child("not_matcher")));
            case MATCHTYPE_NOT_SET -> throw field.child("match_type").required();
        };
    }

    private static List<Predicate> predicates(PredicateList proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("predicate"));
        if (proto.getPredicateCount() < 2) {
            throw field.child("predicate").invalid(proto.getPredicateCount() + " items (expected: 2 or more)");
        }
        List<Predicate> predicates = new ArrayList<>(proto.getPredicateCount());
        for (int i = 0; i < proto.getPredicateCount(); i++) {
            predicates.add(predicate(proto.getPredicate(i), field.child("predicate", i)));
        }
        return predicates;
    }

    private static Predicate single(SinglePredicate proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("input", "value_match"));
        if (!proto.hasValueMatch()) {
            throw field.child("matcher").required();
        }
        return new Predicate.Single(
                input(proto.getInput(), field.child("input")),
                StringMatchParser.parse(proto.getValueMatch(), field.child("value_match")));
    }

    private Matcher tree(MatcherTree proto, Matcher otherwise, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("input", "exact_match_map", "prefix_match_map"));
        HeaderName input = input(proto.getInput(), field.child("input"));
        return switch (proto.getTreeTypeCase()) {
            case EXACT_MATCH_MAP ->
                new Matcher.ByValue(
                        input, entries(proto.getExactMatchMap(), field.child("exact_match_map")), otherwise);
            case PREFIX_MATCH_MAP ->
                new Matcher.ByPrefix(
                        input,
                        PrefixMap.of(entries(proto.getPrefixMatchMap(), field.child("prefix_match_map"))),
                        otherwise);
            case CUSTOM_MATCH, TREETYPE_NOT_SET ->
                throw field.child("tree_type").required();
        };
    }

    private Map<String, Matcher> entries(MatcherTree.MatchMap proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("map"));
        Map<String, Matcher> entries = new HashMap<>();
        for (Map.Entry<String, OnMatch> entry : proto.getMapMap().entrySet()) {
            entries.put(Ascii.wire(entry.getKey()), onMatch(entry.getValue(), field.child("map", entry.getKey())));
        }
        if (entries.isEmpty()) {
            throw field.child("map").required();
        }
        return entries;
    }

    private Matcher onMatch(OnMatch proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("matcher", "action"));
        return switch (proto.getOnMatchCase()) {
            case MATCHER -> parse(proto.getMatcher(), field.child("matcher"));
            case ACTION -> action(proto.getAction(), field.child("action"));
            case ONMATCH_NOT_SET -> throw field.required();
        };
    }

    private RouteSequence action(TypedExtensionConfig proto, Field field) throws InvalidRouteConfiguration {
        field.child("name").requireNonEmpty(proto.getName());
        Field config = field.child("typed_config");
        Any any = proto.getTypedConfig();
        if (any.is(io.envoyproxy.envoy.config.route.v3.Route.class)) {
            Route route = routes.parse(unpack(any, io.envoyproxy.envoy.config.route.v3.Route.class, config), config);
            return new RouteSequence(List.of(route));
        }
        if (any.is(RouteList.class)) {
            RouteList list = unpack(any, RouteList.class, config);
            config.requireOnly(list, Set.of("routes"));
            return routes.parse(list.getRoutesList(), config);
        }
        throw config.invalid("\"" + any.getTypeUrl() + "\" (expected: an envoy.config.route.v3 Route or RouteList)");
    }

    private static HeaderName input(TypedExtensionConfig proto, Field field) throws InvalidRouteConfiguration {
        field.child("name").requireNonEmpty(proto.getName());
        Field config = field.child("typed_config");
        Any any = proto.getTypedConfig();
        if (!any.is(HttpRequestHeaderMatchInput.class)) {
            throw config.invalid(
                    "\"" + any.getTypeUrl() + "\" (expected: envoy.type.matcher.v3.HttpRequestHeaderMatchInput)");
        }
        HttpRequestHeaderMatchInput input = unpack(any, HttpRequestHeaderMatchInput.class, config);
        config.requireOnly(input, Set.of("header_name"));
        config.child("header_name").requireNonEmpty(input.getHeaderName());
        return HeaderName.of(input.getHeaderName());
    }

    private static <M extends Message> M unpack(Any any, Class<M> type, Field field) throws InvalidRouteConfiguration {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw field.invalid("cannot be read: " + e.getMessage());
        }
    }
}
