package io.signalbox.routing;

import java.util.Optional;

/**
 * The URI that a redirect leads to.
 *
 * @param port 0 where the configuration names none
 * @param path replaces the path; a query in it replaces the request's, even where queries are stripped
 */
record Location(
        Optional<String> scheme,
        Optional<String> host,
        long port,
        Optional<String> path,
        PathRewrite rewrite,
        boolean stripQuery) {

    String of(Subject subject, PathMatch matched) {
        String newScheme = scheme.orElse(subject.request.scheme());
        StringBuilder uri = new StringBuilder(newScheme).append("://");
        uri.append(host.orElseGet(() -> requestHost(subject, newScheme)));
        if (port != 0) {
            uri.append(':').append(port);
        }
        String newPath = path.map(fixed -> withQuery(fixed, subject)).orElseGet(() -> requestPath(subject, matched));
        return uri.append(newPath.startsWith("/") ? "" : "/").append(newPath).toString();
    }

    private String withQuery(String fixed, Subject subject) {
        return stripQuery || fixed.indexOf('?') >= 0 ? fixed : fixed + query(subject);
    }

    private static String query(Subject subject) {
        int at = subject.target.indexOf('?');
        return at < 0 ? "" : subject.target.substring(at);
    }

    private String requestPath(Subject subject, PathMatch matched) {
        String target = rewrite.rewrite(subject, matched).orElse(subject.target);
        int query = target.indexOf('?');
        return stripQuery && query >= 0 ? target.substring(0, query) : target;
    }

    /** The request's host, without its port where another is given, or where it was the old scheme's default. */
    private String requestHost(Subject subject, String newScheme) {
        String authority = subject.request.authority();
        int portStart = authority.startsWith("[") ? authority.lastIndexOf("]:") + 1 : authority.lastIndexOf(':');
        if (portStart <= 0 && !authority.startsWith(":")) {
            return authority;
        }
        String oldScheme = subject.forwardedProto();
        boolean stays = port == 0 && (newScheme.equals(oldScheme) || !isDefault(oldScheme, authority, portStart));
        return stays ? authority : authority.substring(0, portStart);
    }

    private static boolean isDefault(String scheme, String authority, int portStart) {
        String given = authority.substring(portStart);
        return (scheme.equals("https") && given.equals(":443")) || (scheme.equals("http") && given.equals(":80"));
    }
}
