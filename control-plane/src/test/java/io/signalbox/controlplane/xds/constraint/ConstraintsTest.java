package io.signalbox.controlplane.xds.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
    private final Constraints constraints = new Constraints();

    private List<String> breaches(ResourceType type, Message message) {
        return constraints
                .check(new XdsResources(1, Map.of(type, new TreeMap<>(Map.of("x", message))), Map.of(), Map.of()))
                .stream()
                .map(breach ->
                        breach.route().map(route -> route + " ").orElse("") + breach.path() + " " + breach.rule())
                .toList();
    }

    private static VirtualHost host(Route... routes) {
        RouteList list = RouteList.newBuilder().addAllRoutes(List.of(routes)).build();
        Matcher.OnMatch.Builder onMatch = Matcher.OnMatch.newBuilder();
        onMatch.getActionBuilder().setName("routes").setTypedConfig(Any.pack(list));
        return VirtualHost.newBuilder()
                .setName("v")
                .addDomains("*")
                .setMatcher(Matcher.newBuilder().setOnNoMatch(onMatch))
                .build();
    }

    private static Route.Builder route(String name) {
        Route.Builder route = Route.newBuilder().setName(name);
        route.getMatchBuilder().setPrefix("/");
        route.getDirectResponseBuilder().setStatus(200);
        return route;
    }

    private static RouteConfiguration table(VirtualHost... hosts) {
        return RouteConfiguration.newBuilder()
                .addAllVirtualHosts(List.of(hosts))
                .build();
    }

    @Test
    void findsWhatEnvoyRefusesInsideExtensionsToo() {
        Route.Builder broken = route("broken");
        broken.getMatchBuilder().addHeadersBuilder().setName("a\nb").setPresentMatch(true);
        broken.getDirectResponseBuilder().setStatus(99);

        assertThat(breaches(ResourceType.ROUTE, table(host(route("fine").build(), broken.build()))))
                .containsExactly(
                        "broken match.headers[0].name string.well_known_regex: HTTP_HEADER_NAME",
                        "broken direct_response.status uint32.gte: 200");
    }

    @Test
    void findsWhatIsMissing() {
        assertThat(breaches(ResourceType.ROUTE, table(VirtualHost.getDefaultInstance())))
                .containsExactly(
                        "virtual_hosts[0].name string.min_len: 1", "virtual_hosts[0].domains repeated.min_items: 1");
        Route.Builder idle = route("idle").clearDirectResponse();
        assertThat(breaches(ResourceType.ROUTE, table(host(idle.build())))).containsExactly("idle action required");
        assertThat(breaches(ResourceType.CLUSTER, Cluster.getDefaultInstance()))
                .containsExactly("name string.min_len: 1");
    }

    @Test
    void looksIntoWrappersAndNumbers() {
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName("x");
        assignment
                .addEndpointsBuilder()
                .addLbEndpointsBuilder()
                .setLoadBalancingWeight(UInt32Value.of(0))
                .getEndpointBuilder()
                .getAddressBuilder()
                .getSocketAddressBuilder()
                .setAddress("10.0.0.1")
                .setPortValue(70_000);
        assertThat(breaches(ResourceType.ENDPOINT, assignment.build()))
                .containsExactly(
                        "endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value uint32.lte: 65535",
                        "endpoints[0].lb_endpoints[0].load_balancing_weight uint32.gte: 1");
    }

    @Test
    void findsTheSameAgainAndLooksAtGoodPartsOnce() {
        VirtualHost bad = VirtualHost.getDefaultInstance();
        VirtualHost good = host(route("fine").build());
        assertThat(breaches(ResourceType.ROUTE, table(good, bad))).hasSize(2);
        assertThat(breaches(ResourceType.ROUTE, table(good, bad))).hasSize(2);
        assertThat(breaches(ResourceType.ROUTE, table(good))).isEmpty();
    }

    @Test
    void anExtensionThatIsNotKnownIsAFaultOfOurs() {
        Listener.Builder listener = Listener.newBuilder();
        listener.addFilterChainsBuilder()
                .addFiltersBuilder()
                .setName("x")
                .setTypedConfig(Any.pack(Listener.getDefaultInstance()));
        assertThatThrownBy(() -> breaches(ResourceType.LISTENER, listener.build()))
                .isInstanceOf(IllegalStateException.class);
    }

    /** A rule that Envoy's messages carry and that we do not know would be an exception. */
    @Test
    void everyRuleInReachIsKnown() {
        Set<Descriptor> seen = new HashSet<>();
        List.of(
                        Listener.getDescriptor(),
                        Cluster.getDescriptor(),
                        ClusterLoadAssignment.getDescriptor(),
                        RouteConfiguration.getDescriptor(),
                        RouteList.getDescriptor(),
                        Secret.getDescriptor(),
                        DownstreamTlsContext.getDescriptor(),
                        HttpConnectionManager.getDescriptor(),
                        TcpProxy.getDescriptor(),
                        HttpProtocolOptions.getDescriptor(),
                        Router.getDescriptor())
                .forEach(root -> tryAll(root, seen));
        assertThat(seen).hasSizeGreaterThan(300);
    }

    private static void tryAll(Descriptor type, Set<Descriptor> seen) {
        if (!seen.add(type)) {
            return;
        }
        for (FieldDescriptor field : type.getFields()) {
            DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
            if (field.isRepeated()) {
                message.addRepeatedField(field, anyValue(field));
            } else {
                message.setField(field, anyValue(field));
            }
            if (!(field.isMapField())) {
                Rules.broken(Annotations.rules(field), message.build(), field);
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                tryAll(field.getMessageType(), seen);
            }
        }
    }

    private static Object anyValue(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE ->
                field.getMessageType().equals(Duration.getDescriptor())
                        ? Duration.getDefaultInstance()
                        : DynamicMessage.getDefaultInstance(field.getMessageType());
            case ENUM -> field.getEnumType().getValues().get(0);
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case BOOLEAN -> false;
            case STRING -> "";
            case BYTE_STRING -> ByteString.EMPTY;
        };
    }
}
