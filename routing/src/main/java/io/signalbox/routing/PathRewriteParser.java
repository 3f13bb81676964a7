package io.signalbox.routing;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import java.util.Set;

/** Reads what becomes of paths. */
final class PathRewriteParser {
    private PathRewriteParser() {}

    /** @param matched what the route asks of paths */
    static PathRewrite parse(RouteAction proto, PathMatch matched, Field field) throws InvalidRouteConfiguration {
        boolean prefix = !proto.getPrefixRewrite().isEmpty();
        if ((prefix ? 1 : 0) + (proto.hasRegexRewrite() ? 1 : 0) + (proto.hasPathRewritePolicy() ? 1 : 0) > 1) {
            throw field.invalid("says twice what becomes of paths"
                    + " (expected: one of prefix_rewrite, regex_rewrite, path_rewrite_policy)");
        } else if (proto.hasRegexRewrite()) {
            return ofRegex(proto.getRegexRewrite(), field.child("regex_rewrite"));
        } else if (proto.hasPathRewritePolicy()) {
            return ofTemplate(proto.getPathRewritePolicy(), matched, field.child("path_rewrite_policy"));
        } else if (prefix && matched instanceof PathMatch.Template) {
            throw field.child("prefix_rewrite").invalid("does not go with a path_match_policy");
        }
        return ofPrefix(proto.getPrefixRewrite(), field.child("prefix_rewrite"));
    }

    private static PathRewrite ofTemplate(TypedExtensionConfig proto, PathMatch matched, Field field)
            throws InvalidRouteConfiguration {
        UriTemplateRewriteConfig config = field.unpack(proto, UriTemplateRewriteConfig.class);
        if (!(matched instanceof PathMatch.Template template)) {
            throw field.invalid("goes with a path_match_policy only");
        }
        Field rewrite = field.child("typed_config").child("path_template_rewrite");
        return new PathRewrite.Variables(
                template.template(), template.template().rewrite(config.getPathTemplateRewrite(), rewrite));
    }

    static PathRewrite ofPrefix(String replacement, Field field) throws InvalidRouteConfiguration {
        field.requireHeaderValue(replacement);
        return replacement.isEmpty() ? PathRewrite.NONE : new PathRewrite.Prefix(Ascii.wire(replacement));
    }

    static PathRewrite ofRegex(RegexMatchAndSubstitute proto, Field field) throws InvalidRouteConfiguration {
        Regex regex = regex(proto, field);
        return new PathRewrite.Matches(regex, substitution(proto, regex, field));
    }

    static Regex regex(RegexMatchAndSubstitute proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("pattern", "substitution"));
        return StringMatchParser.regex(proto.getPattern(), field.child("pattern"));
    }

    static Substitution substitution(RegexMatchAndSubstitute proto, Regex regex, Field field)
            throws InvalidRouteConfiguration {
        field.child("substitution").requireHeaderValue(proto.getSubstitution());
        return Substitution.parse(Ascii.wire(proto.getSubstitution()), regex.groups(), field.child("substitution"));
    }
}
