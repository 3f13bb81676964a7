package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;

/** One of Envoy's header matchers by itself, for those who check headers. Immutable. */
public final class HeaderCondition {
    private final Condition condition;

    private HeaderCondition(Condition condition) {
        this.condition = condition;
    }

    /** @throws InvalidRouteConfiguration when Envoy would refuse it, or it uses what this library does not support */
    public static HeaderCondition parse(HeaderMatcher proto) throws InvalidRouteConfiguration {
        return parse(proto, Field.ROOT);
    }

    static HeaderCondition parse(HeaderMatcher proto, Field field) throws InvalidRouteConfiguration {
        return new HeaderCondition(ConditionParser.header(proto, field));
    }

    public boolean holds(RequestView headers) {
        return condition.holds(new Subject(headers, () -> 0));
    }
}
