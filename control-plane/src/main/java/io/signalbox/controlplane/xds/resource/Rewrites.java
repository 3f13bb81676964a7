package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.Rewrite.HostSource;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import java.util.Optional;

/** What becomes of host and path. */
final class Rewrites {
    private Rewrites() {}

    static void set(RouteAction.Builder action, Rewrite rewrite, PathMatch matched) {
        rewrite.host().ifPresent(host -> setHost(action, host));
        rewrite.path().ifPresent(path -> {
            if (path instanceof Rewrite.Path.Prefix prefix) {
                String replacement = replacement(prefix.prefix(), matched);
                wholePrefix(replacement, matched)
                        .ifPresentOrElse(action::setRegexRewrite, () -> action.setPrefixRewrite(replacement));
            } else if (path instanceof Rewrite.Path.Regex regex) {
                action.setRegexRewrite(regex(regex));
            } else if (path instanceof Rewrite.Path.Template template) {
                action.setPathRewritePolicy(template(template.template()));
            }
        });
    }

    private static void setHost(RouteAction.Builder action, Rewrite.Host host) {
        if (host.from() instanceof HostSource.Literal literal) {
            action.setHostRewriteLiteral(literal.host());
        } else if (host.from() instanceof HostSource.FromHeader from) {
            action.setHostRewriteHeader(from.header());
        } else if (host.from() instanceof HostSource.Auto) {
            action.setAutoHostRewrite(BoolValue.of(true));
        }
        action.setAppendXForwardedHost(host.forwardOriginal());
    }

    static void setPrefix(RedirectAction.Builder action, String prefix, PathMatch matched) {
        String replacement = replacement(prefix, matched);
        wholePrefix(replacement, matched)
                .ifPresentOrElse(action::setRegexRewrite, () -> action.setPrefixRewrite(replacement));
    }

    static RegexMatchAndSubstitute regex(Rewrite.Path.Regex regex) {
        return RegexMatchAndSubstitute.newBuilder()
                .setPattern(Regexes.matcher(regex.pattern()))
                .setSubstitution(regex.substitution())
                .build();
    }

    private static TypedExtensionConfig template(String template) {
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.path.rewrite.uri_template.uri_template_rewriter")
                .setTypedConfig(Any.pack(UriTemplateRewriteConfig.newBuilder()
                        .setPathTemplateRewrite(template)
                        .build()))
                .build();
    }

    /**
     * Envoy replaces text: {@code /api} by {@code /} makes {@code //x} of {@code /api/x}. A prefix of segments is replaced
     * by segments, so this has a slash at its end if the prefix has one.
     */
    private static String replacement(String prefix, PathMatch matched) {
        boolean slash = prefix.endsWith("/");
        if (!(matched instanceof PathMatch.Prefix segments)
                || slash == segments.prefix().endsWith("/")) {
            return prefix;
        }
        return slash ? prefix.substring(0, prefix.length() - 1) : prefix + "/";
    }

    /** Where nothing is left of the prefix, which Envoy would take for no rewrite at all. */
    private static Optional<RegexMatchAndSubstitute> wholePrefix(String replacement, PathMatch matched) {
        if (!replacement.isEmpty() || !(matched instanceof PathMatch.Prefix prefix)) {
            return Optional.empty();
        }
        String pattern = "^" + Regexes.literal(prefix.prefix(), prefix.ignoreCase()) + "/?";
        return Optional.of(regex(new Rewrite.Path.Regex(pattern, "/")));
    }
}
