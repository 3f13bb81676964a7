package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;

/** How a path must look. Envoy: {@code RouteMatch.path_specifier}. */
final class Paths {
    private static final BoolValue FALSE = BoolValue.of(false);

    private Paths() {}

    static void set(RouteMatch.Builder match, PathMatch path) {
        if (path instanceof PathMatch.Exact exact) {
            match.setPath(exact.path());
            ignoreCase(match, exact.ignoreCase());
        } else if (path instanceof PathMatch.Prefix prefix) {
            setPrefix(match, prefix.prefix());
            ignoreCase(match, prefix.ignoreCase());
        } else if (path instanceof PathMatch.RawPrefix prefix) {
            match.setPrefix(prefix.prefix());
            ignoreCase(match, prefix.ignoreCase());
        } else if (path instanceof PathMatch.Regex regex) {
            match.setSafeRegex(Regexes.matcher(regex.regex(), regex.ignoreCase()));
        } else if (path instanceof PathMatch.Template template) {
            match.setPathMatchPolicy(TypedExtensionConfig.newBuilder()
                    .setName("envoy.path.match.uri_template.uri_template_matcher")
                    .setTypedConfig(Any.pack(UriTemplateMatchConfig.newBuilder()
                            .setPathTemplate(template.template())
                            .build())));
        }
    }

    private static void ignoreCase(RouteMatch.Builder match, boolean ignored) {
        if (ignored) {
            match.setCaseSensitive(FALSE);
        }
    }

    /** {@code path_separated_prefix} may not end in a slash, and with one at the end a plain prefix means the same. */
    private static void setPrefix(RouteMatch.Builder match, String prefix) {
        if (prefix.endsWith("/")) {
            match.setPrefix(prefix);
        } else {
            match.setPathSeparatedPrefix(prefix);
        }
    }
}
