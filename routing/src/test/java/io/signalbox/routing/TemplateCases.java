package io.signalbox.routing;

import java.util.List;
import java.util.stream.Stream;

/** Path templates: what they match, and what becomes of the variables. */
final class TemplateCases {
    private static final List<Request> ASKED = Stream.of(
                    ("/ /a /a/ /a/b /a/b/ /a/b/c /a/b/c/ /A/b /ab /a/b.m /a/b.m.m /a/.m /a/bXm /a/b/c.m /a/b?q=/c /a/b/?q"
                                    + " /a/x/b /a/x/y/b /a/b/b /a/%62 /a/b%2Fc /a/b;c=d /a/b$c /a/b*c /a/b|c /a/b[c /x/y/z /a//b //")
                            .split(" "))
            .map(Request::get)
            .toList();

    private TemplateCases() {}

    /** What a route asks of paths. */
    static String match(String template) {
        return "path_match_policy: {name: t, typed_config: {'@type':"
                + " type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig,"
                + " path_template: '" + template + "'}}";
    }

    /** A route. */
    static String match(String template, String action) {
        return "{name: r, match: {" + match(template) + "}, " + action + "}";
    }

    static String rewrite(String template) {
        return "path_rewrite_policy: {name: t, typed_config: {'@type':"
                + " type.googleapis.com/envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig,"
                + " path_template_rewrite: '" + template + "'}}";
    }

    static List<AgreementCase> all() {
        Stream<AgreementCase> matches = Stream.of(
                        ("/ /a /a/ /a/b /* /** /a/* /a/** /a/*/ /a/**/ /a/{x} /a/{x}/ /{x=**} /a/{x=**} /{x=a/*} /a/{x=b} /a/**/b"
                                        + " /{x=**}/b /a/{x}.m /a/**.m /a/{x=**}.m /a/*b /a/**b /{x}/{y=*/**} /a/b;c=d /a/b%2Fc /*/x/**/b"
                                        + " /a{x} /{x}b /a/b{x} /a/b{x}.m /{x}a/b /{x}/b{y} /a/{x}b/c /{x=*}a/** /a{x=**} /a/{x}b/ /a/.{x} /a{x}/")
                                .split(" "))
                .map(template -> new AgreementCase(
                        template,
                        Configurations.routes("- " + match(template, "direct_response: {status: 200}")),
                        ASKED));
        Stream<AgreementCase> rewrites = Stream.of(
                        "/a/{x} /n/{x}",
                        "/a/{x} /",
                        "/a/{x} /{x}-{x}.n/",
                        "/a/{x=**} /{x}",
                        "/a/{x=**} /n{x}",
                        "/a/{x=**}.m /n/{x}",
                        "/a/b{x} /n/{x}",
                        "/{x}b/{y} /{y}/{x}",
                        "/a{x=**} /n{x}",
                        "/{x}/{y=**} /{y}/{x}",
                        "/a/* /n/*",
                        "/a/b /n%20m")
                .map(both -> both.split(" "))
                .map(both -> new AgreementCase(
                        both[0] + " to " + both[1],
                        Configurations.routes("- " + match(both[0], "route: {cluster: c0, " + rewrite(both[1]) + "}")),
                        ASKED));
        return Stream.concat(matches, rewrites).toList();
    }
}
