package io.signalbox.cli.routecheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import io.signalbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads both files, YAML or JSON. */
final class RouteCheckFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonFormat.Parser PROTO = JsonFormat.parser()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(Route.getDescriptor())
                    .add(RouteList.getDescriptor())
                    .add(HttpRequestHeaderMatchInput.getDescriptor())
                    .add(UriTemplateMatchConfig.getDescriptor())
                    .add(UriTemplateRewriteConfig.getDescriptor())
                    .build());

    private static final Set<String> FIELDS = Set.of("runtime", "tests");
    private static final Set<String> EXPRESSION_SIZES =
            Set.of("re2.max_program_size.error_level", "re2.max_program_size.warn_level");

    private RouteCheckFiles() {}

    static CheckedRoutes routes(Path file) throws IOException {
        try {
            RouteConfiguration.Builder proto = RouteConfiguration.newBuilder();
            PROTO.merge(tree(file).toString(), proto);
            return new CheckedRoutes(file.toString(), proto.build());
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        }
    }

    /** A list of tests, or an object with one as {@code tests} and settings of the runtime beside it. */
    static List<RouteTest> tests(Path file) throws IOException {
        JsonNode tree = tree(file);
        if (tree.isObject()) {
            TestObject.of(tree, "", FIELDS);
            requireKnownSettings(tree.path("runtime"));
        }
        JsonNode list = tree.isArray() ? tree : tree.path("tests");
        if (!list.isArray() || list.isEmpty()) {
            throw new CommandFailure(file + ": has no tests (expected: tests, a list of objects)");
        }
        List<RouteTest> tests = new ArrayList<>();
        for (JsonNode test : list) {
            tests.add(RouteTestParser.parse(test, tests.size()));
        }
        return tests;
    }

    /** How large an expression may be is no matter of this library; any other setting would change what is decided. */
    private static void requireKnownSettings(JsonNode runtime) {
        if (!runtime.isMissingNode()) {
            TestObject.of(runtime, "runtime", EXPRESSION_SIZES);
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new CommandFailure(file + ": " + e.getOriginalMessage(), e);
        }
    }
}
