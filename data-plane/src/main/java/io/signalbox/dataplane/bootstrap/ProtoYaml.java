package io.signalbox.dataplane.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.metrics.v3.MetricsServiceConfig;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.signalbox.dataplane.parse.InvalidResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** YAML or JSON → proto. JSON is YAML, so one reader does. */
final class ProtoYaml {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Extensions that are known here; {@code overload_manager} and others that are not read are cut out before. */
    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(HttpConnectionManager.getDescriptor())
            .add(TcpProxy.getDescriptor())
            .add(Router.getDescriptor())
            .add(TlsInspector.getDescriptor())
            .add(ProxyProtocol.getDescriptor())
            .add(ConnectionLimit.getDescriptor())
            .add(QuicDownstreamTransport.getDescriptor())
            .add(RawBuffer.getDescriptor())
            .add(DownstreamTlsContext.getDescriptor())
            .add(UpstreamTlsContext.getDescriptor())
            .add(HttpProtocolOptions.getDescriptor())
            // what matcher trees of virtual hosts are made of
            .add(HttpRequestHeaderMatchInput.getDescriptor())
            .add(UriTemplateMatchConfig.getDescriptor())
            .add(UriTemplateRewriteConfig.getDescriptor())
            .add(Route.getDescriptor())
            .add(RouteList.getDescriptor())
            // what routes tell
            .add(Buffer.getDescriptor())
            .add(HeaderMutation.getDescriptor())
            .add(PreviousHostsPredicate.getDescriptor())
            .add(MetricsServiceConfig.getDescriptor())
            .build();

    /** Top-level parts that change no answer to a request and may hold extensions of any kind. */
    private static final String[] NOT_READ = {
        "overload_manager",
        "layered_runtime",
        "watchdogs",
        "typed_dns_resolver_config",
        "default_regex_engine",
        "fatal_actions",
        "application_log_config",
        "overloadManager",
        "layeredRuntime",
        "typedDnsResolverConfig",
        "defaultRegexEngine"
    };

    private ProtoYaml() {}

    static Bootstrap read(Path file) throws InvalidResource {
        try {
            JsonNode tree = YAML.readTree(Files.readString(file));
            if (!(tree instanceof ObjectNode object)) {
                throw new InvalidResource(file + ": not a bootstrap (expected: a YAML or JSON object)");
            }
            for (String part : NOT_READ) {
                object.remove(part);
            }
            cutAccessLogs(object);
            StatsSinks.cutUnread(object);
            Bootstrap.Builder builder = Bootstrap.newBuilder();
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(object.toString(), builder);
            return builder.build();
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidResource(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidResource(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Access loggers are extensions, too; there is no access log here. */
    private static void cutAccessLogs(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("access_log");
            object.remove("accessLog");
        }
        node.forEach(ProtoYaml::cutAccessLogs);
    }
}
