package io.signalbox.envoy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.envoy.EnvoyBootstrap.Locality;
import io.signalbox.envoy.EnvoyBootstrap.MutualTls;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes {@link EnvoyBootstrap} as the {@code envoy.config.bootstrap.v3.Bootstrap} message in YAML. Envoy:
 * "Configuration: Dynamic from control plane".
 */
final class BootstrapYaml {
    private static final String TYPE = "type.googleapis.com/";
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final String XDS_CLUSTER = "xds";

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .stringQuotingChecker(new PlainWords())
            .build());

    private BootstrapYaml() {}

    static String write(EnvoyBootstrap bootstrap) {
        ObjectNode root = object();
        root.set("node", node(bootstrap));
        root.set("admin", object().set("address", socketAddress(bootstrap.admin())));
        root.set("dynamic_resources", dynamicResources(bootstrap));
        root.putObject("cluster_manager").set("load_stats_config", overGrpc("GRPC"));
        root.setAll(StatsYaml.parts(bootstrap, XDS_CLUSTER));
        root.putObject("static_resources").putArray("clusters").add(xdsCluster(bootstrap));
        root.set("overload_manager", overloadManager(bootstrap));
        try {
            return YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of objects and strings that cannot be written", e);
        }
    }

    private static ObjectNode node(EnvoyBootstrap bootstrap) {
        ObjectNode node = object().put("id", bootstrap.nodeId()).put("cluster", bootstrap.fleet());
        bootstrap.locality().map(BootstrapYaml::locality).ifPresent(l -> node.set("locality", l));
        return node;
    }

    private static ObjectNode locality(Locality locality) {
        ObjectNode node = object();
        putUnlessEmpty(node, "region", locality.region());
        putUnlessEmpty(node, "zone", locality.zone());
        putUnlessEmpty(node, "sub_zone", locality.subZone());
        return node;
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static ObjectNode dynamicResources(EnvoyBootstrap bootstrap) {
        ObjectNode ads = overGrpc(bootstrap.protocol().apiType());
        // An Envoy's node lists its extensions, 61 kB; the control plane remembers it for each stream.
        ads.put("set_node_on_first_message_only", true);
        ObjectNode resources = object();
        resources.set("ads_config", ads);
        resources.set("lds_config", overAds());
        resources.set("cds_config", overAds());
        return resources;
    }

    private static ObjectNode overGrpc(String apiType) {
        ObjectNode source = object().put("api_type", apiType).put("transport_api_version", "V3");
        source.putArray("grpc_services").addObject().putObject("envoy_grpc").put("cluster_name", XDS_CLUSTER);
        return source;
    }

    private static ObjectNode overAds() {
        ObjectNode source = object().put("resource_api_version", "V3");
        source.putObject("ads");
        return source;
    }

    private static ObjectNode xdsCluster(EnvoyBootstrap bootstrap) {
        boolean numeric = bootstrap.xds().stream().allMatch(HostPort::isNumeric);
        ObjectNode cluster = object().put("name", XDS_CLUSTER);
        cluster.put("type", numeric ? "STATIC" : "STRICT_DNS").put("connect_timeout", "1s");
        cluster.set("typed_extension_protocol_options", object().set(HTTP_OPTIONS, http2()));
        ObjectNode assignment = cluster.putObject("load_assignment").put("cluster_name", XDS_CLUSTER);
        ArrayNode endpoints = assignment.putArray("endpoints").addObject().putArray("lb_endpoints");
        bootstrap
                .xds()
                .forEach(replica -> endpoints.addObject().putObject("endpoint").set("address", socketAddress(replica)));
        bootstrap.tls().ifPresent(tls -> cluster.set("transport_socket", transportSocket(tls)));
        return cluster;
    }

    private static ObjectNode http2() {
        ObjectNode options = object().put("@type", TYPE + HTTP_OPTIONS);
        // Finds a control plane that is gone without a word, which TCP alone takes many minutes for.
        options.putObject("explicit_http_config")
                .putObject("http2_protocol_options")
                .putObject("connection_keepalive")
                .put("interval", "30s")
                .put("timeout", "5s");
        return options;
    }

    private static ObjectNode transportSocket(MutualTls tls) {
        ObjectNode common = object();
        ObjectNode own = common.putArray("tls_certificates").addObject();
        own.set("certificate_chain", file(tls.certificateChain().toString()));
        own.set("private_key", file(tls.privateKey().toString()));
        ObjectNode validation = common.putObject("validation_context");
        validation.set("trusted_ca", file(tls.trustedCa().toString()));
        ObjectNode name = validation.putArray("match_typed_subject_alt_names").addObject();
        name.put("san_type", "DNS").putObject("matcher").put("exact", tls.serverName());

        ObjectNode socket = object().put("name", "envoy.transport_sockets.tls");
        ObjectNode context = socket.putObject("typed_config");
        context.put("@type", TYPE + "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext");
        context.put("sni", tls.serverName());
        context.set("common_tls_context", common);
        return socket;
    }

    private static ObjectNode file(String path) {
        return object().put("filename", path);
    }

    private static ObjectNode overloadManager(EnvoyBootstrap bootstrap) {
        ObjectNode manager = object();
        ArrayNode monitors = manager.putArray("resource_monitors");
        ObjectNode monitor =
                monitors.addObject().put("name", "envoy.resource_monitors.global_downstream_max_connections");
        monitor.putObject("typed_config")
                .put(
                        "@type",
                        TYPE
                                + "envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig")
                .put("max_active_downstream_connections", bootstrap.maxDownstreamConnections());
        return manager;
    }

    private static ObjectNode socketAddress(HostPort address) {
        ObjectNode node = object();
        node.putObject("socket_address").put("address", address.host()).put("port_value", address.port());
        return node;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Leaves the quotes off what no YAML reader can take for anything but a string. Envoy guesses types from plain
     * scalars, so a node id like {@code 1e3} or {@code yes} must be quoted.
     */
    private static final class PlainWords extends StringQuotingChecker {
        private static final long serialVersionUID = 1;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");
        private static final Pattern DURATION = Pattern.compile("[0-9]+(\\.[0-9]+)?s");
        private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
        private static final Set<String> RESERVED =
                Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

        @Override
        public boolean needToQuoteName(String name) {
            return !PLAIN.matcher(name).matches();
        }

        @Override
        public boolean needToQuoteValue(String value) {
            boolean plain = PLAIN.matcher(value).matches()
                    || DURATION.matcher(value).matches()
                    || IPV4.matcher(value).matches();
            return !plain || RESERVED.contains(value.toLowerCase(Locale.ROOT));
        }
    }
}
