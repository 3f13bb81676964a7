package io.signalbox.controlplane.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.HttpsRedirect;

/**
 * Redirects in front of the routes of a listener. What came without TLS is told by {@code x-forwarded-proto}, which Envoy
 * writes itself unless a trusted hop did. {@code VirtualHost.require_tls} would do the same, but with no status but 301,
 * and it keeps the port of plain HTTP.
 */
public final class HttpsRedirects {
    /** What users see in access logs; with underscores, so that no route of theirs has it. */
    public static final String ROUTE = "redirect_to_https";

    private static final TypedExtensionConfig PROTOCOL = extension(
            "protocol",
            HttpRequestHeaderMatchInput.newBuilder()
                    .setHeaderName("x-forwarded-proto")
                    .build());

    private HttpsRedirects() {}

    /** @param tree may be empty */
    static Matcher before(Matcher tree, ResolvedRoutes.ToHttps redirect) {
        Matcher.Builder matcher = Matcher.newBuilder()
                .setMatcherTree(Matcher.MatcherTree.newBuilder()
                        .setInput(PROTOCOL)
                        .setExactMatchMap(Matcher.MatcherTree.MatchMap.newBuilder()
                                .putMap(
                                        "http",
                                        Matcher.OnMatch.newBuilder()
                                                .setAction(extension("redirect", routes(redirect)))
                                                .build())));
        if (tree.hasMatcherTree() || tree.hasOnNoMatch()) {
            matcher.setOnNoMatch(Matcher.OnMatch.newBuilder().setMatcher(tree));
        }
        return matcher.build();
    }

    private static RouteList routes(ResolvedRoutes.ToHttps redirect) {
        if (redirect.redirect().port() != HttpsRedirect.DEFAULT_PORT) {
            return RouteList.newBuilder().addRoutes(toPort(redirect)).build();
        }
        // Where the host has no port, or the one that Envoy takes away as http's own, 443 need not be said.
        Route.Builder withPort = toPort(redirect);
        withPort.getMatchBuilder()
                .addHeaders(authority(StringMatcher.newBuilder()
                        .setSafeRegex(Regexes.matcher(".*:[0-9]+"))
                        .build()))
                .addHeaders(
                        authority(StringMatcher.newBuilder().setSuffix(":80").build())
                                .setInvertMatch(true));
        return RouteList.newBuilder()
                .addRoutes(withPort)
                .addRoutes(route(redirect))
                .build();
    }

    private static Route.Builder toPort(ResolvedRoutes.ToHttps redirect) {
        Route.Builder route = route(redirect);
        route.getRedirectBuilder().setPortRedirect(redirect.redirect().port());
        return route;
    }

    private static Route.Builder route(ResolvedRoutes.ToHttps redirect) {
        Route.Builder route = Route.newBuilder()
                .setName(ROUTE)
                .setRedirect(RedirectAction.newBuilder()
                        .setHttpsRedirect(true)
                        .setResponseCode(
                                Actions.responseCode(redirect.redirect().status())));
        route.getMatchBuilder().setPrefix("/");
        if (redirect.authorization()) {
            route.putAllTypedPerFilterConfig(HttpFilters.unauthorized());
        }
        return route;
    }

    private static HeaderMatcher.Builder authority(StringMatcher value) {
        return HeaderMatcher.newBuilder().setName(":authority").setStringMatch(value);
    }

    private static TypedExtensionConfig extension(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
