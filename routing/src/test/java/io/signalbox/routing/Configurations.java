package io.signalbox.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Route configurations as people write them for Envoy. */
final class Configurations {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonFormat.Parser PROTO = JsonFormat.parser()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(Route.getDescriptor())
                    .add(RouteList.getDescriptor())
                    .add(HttpRequestHeaderMatchInput.getDescriptor())
                    .add(UriTemplateMatchConfig.getDescriptor())
                    .add(UriTemplateRewriteConfig.getDescriptor())
                    .build());

    private Configurations() {}

    static RouteConfiguration configuration(String text) {
        try {
            RouteConfiguration.Builder configuration = RouteConfiguration.newBuilder();
            PROTO.merge(YAML.readTree(text).toString(), configuration);
            return configuration.build();
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** One virtual host for everything, with these routes. */
    static RouteConfiguration routes(String text) {
        return configuration("virtual_hosts:\n- name: all\n  domains: ['*']\n  routes:\n" + text.indent(2));
    }

    static RouteConfiguration answering(String match) {
        return routes("- {name: r, match: " + match + ", direct_response: {status: 200}}");
    }

    static RouteConfiguration matcher(String matcher) {
        return configuration("virtual_hosts: [{name: all, domains: ['*'], matcher: {" + matcher + "}}]");
    }

    static String input(String header) {
        return "{name: in, typed_config: {'@type': type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput,"
                + " header_name: '" + header + "'}}";
    }

    static String leaf(String name) {
        return action(route(name, "{prefix: /}"));
    }

    static String route(String name, String match) {
        return "name: %s, match: %s, direct_response: {status: 200}".formatted(name, match);
    }

    static String action(String route) {
        return "{action: {name: route, typed_config: {'@type': type.googleapis.com/envoy.config.route.v3.Route, "
                + route + "}}}";
    }

    static RouteConfiguration tree(String header, String map) {
        return matcher("matcher_tree: {input: %s, %s}".formatted(input(header), map));
    }

    static RouteConfiguration tree(String header, String map, String onNoMatch) {
        return matcher("matcher_tree: {input: %s, %s}, on_no_match: %s".formatted(input(header), map, onNoMatch));
    }
}
