package io.signalbox.routing;

import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/** A condition on a text, for filters that have some of their own. Envoy: {@code StringMatcher}. */
public final class TextCondition {
    private final StringMatch match;

    private TextCondition(StringMatch match) {
        this.match = match;
    }

    /** @throws InvalidRouteConfiguration naming the field that is not understood */
    public static TextCondition parse(StringMatcher proto) throws InvalidRouteConfiguration {
        return new TextCondition(StringMatchParser.parse(proto, Field.ROOT));
    }

    public boolean matches(String text) {
        return match.matches(text);
    }
}
