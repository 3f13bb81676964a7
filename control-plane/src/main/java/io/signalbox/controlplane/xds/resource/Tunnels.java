package io.signalbox.controlplane.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;

/** Routes for {@code CONNECT} in front of those that are found by their path, which such requests do not have. */
public final class Tunnels {
    /** The name of the input by which a host with tunnels tells them from other requests. */
    public static final String METHOD_INPUT = "method";

    private static final TypedExtensionConfig METHOD = extension(
            METHOD_INPUT,
            HttpRequestHeaderMatchInput.newBuilder().setHeaderName(":method").build());

    private Tunnels() {}

    /**
     * @param tree may be empty
     * @param tunnels in precedence order
     */
    static Matcher before(Matcher tree, List<RouteEntry> tunnels) {
        RouteList.Builder routes = RouteList.newBuilder();
        tunnels.forEach(entry -> routes.addAllRoutes(entry.routes()));
        Matcher.Builder matcher = Matcher.newBuilder()
                .setMatcherTree(Matcher.MatcherTree.newBuilder()
                        .setInput(METHOD)
                        .setExactMatchMap(Matcher.MatcherTree.MatchMap.newBuilder()
                                .putMap(
                                        "CONNECT",
                                        Matcher.OnMatch.newBuilder()
                                                .setAction(extension("tunnels", routes.build()))
                                                .build())));
        if (tree.hasMatcherTree() || tree.hasOnNoMatch()) {
            matcher.setOnNoMatch(Matcher.OnMatch.newBuilder().setMatcher(tree));
        }
        return matcher.build();
    }

    private static TypedExtensionConfig extension(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
