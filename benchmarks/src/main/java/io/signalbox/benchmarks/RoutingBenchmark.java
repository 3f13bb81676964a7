package io.signalbox.benchmarks;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.signalbox.routing.Decision;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.RouteTable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision of the routing library; requests go to all routes alike. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
    /** How the routes of the virtual host are written down. */
    public enum Form {
        /** {@code routes}, one after the other */
        LIST,
        /** {@code matcher}: a prefix map of the path, a route in each leaf */
        TREE
    }

    private static final int REQUESTS = 4096;

    @Param({"10", "100", "1000", "10000", "100000"})
    public int routes;

    @Param({"LIST", "TREE"})
    public Form form = Form.LIST;

    private final RandomValue random = () -> 0;
    private final RequestView[] requests = new RequestView[REQUESTS];

    @SuppressWarnings("NullAway.Init") // JMH calls setUp first
    private RouteTable table;

    private int next;

    private record Request(String method, String scheme, String authority, String path) implements RequestView {
        @Override
        public List<String> headers(String lowerCaseName) {
            return List.of();
        }
    }

    @Setup
    public void setUp() throws InvalidRouteConfiguration {
        VirtualHost.Builder host = VirtualHost.newBuilder().setName("shop").addDomains("shop.example.com");
        if (form == Form.LIST) {
            for (int i = 0; i < routes; i++) {
                host.addRoutes(route(i));
            }
        } else {
            host.getMatcherBuilder().setMatcherTree(tree());
        }
        table = RouteTable.parse(
                RouteConfiguration.newBuilder().addVirtualHosts(host).build());
        SplittableRandom dice = new SplittableRandom(7);
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = new Request(
                    "GET", "https", "shop.example.com", prefix(dice.nextInt(routes)) + "/item/" + i + "?q=1");
        }
    }

    private static String prefix(int route) {
        return "/team-" + route % 97 + "/service-" + route;
    }

    private static Route route(int number) {
        Route.Builder route = Route.newBuilder().setName("route-" + number);
        route.getMatchBuilder().setPathSeparatedPrefix(prefix(number));
        route.getRouteBuilder().setCluster("cluster-" + number % 100);
        return route.build();
    }

    private MatcherTree tree() {
        MatcherTree.Builder tree = MatcherTree.newBuilder()
                .setInput(TypedExtensionConfig.newBuilder()
                        .setName("path")
                        .setTypedConfig(Any.pack(HttpRequestHeaderMatchInput.newBuilder()
                                .setHeaderName(":path")
                                .build())));
        for (int i = 0; i < routes; i++) {
            tree.getPrefixMatchMapBuilder()
                    .putMap(
                            prefix(i),
                            OnMatch.newBuilder()
                                    .setAction(TypedExtensionConfig.newBuilder()
                                            .setName("route")
                                            .setTypedConfig(Any.pack(route(i))))
                                    .build());
        }
        return tree.build();
    }

    @Benchmark
    public Decision decide() {
        next = (next + 1) & (REQUESTS - 1);
        return table.decide(requests[next], random);
    }
}
