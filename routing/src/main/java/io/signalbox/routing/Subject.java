package io.signalbox.routing;

/** One request while it is being decided, with what is worth working out once. Used by one thread. */
final class Subject {
    final RequestView request;
    /** Path and query. */
    final String target;
    /** Where in the target the path ends. */
    final int pathEnd;

    private final RandomValue source;
    private boolean drawn;
    private long random;

    Subject(RequestView request, RandomValue source) {
        this.request = request;
        this.target = request.path();
        this.pathEnd = pathEnd(target);
        this.source = source;
    }

    /** Whether it is a {@code CONNECT}, which has no path. */
    boolean isForTunnel() {
        return target.isEmpty() && request.method().equals("CONNECT");
    }

    /** The path without query. */
    String path() {
        return target.substring(0, pathEnd);
    }

    /** The same value for all parts of a decision. */
    long random() {
        if (!drawn) {
            random = source.next();
            drawn = true;
        }
        return random;
    }

    /**
     * How the request reached the proxy's edge: what a trusted hop says, else the request's own scheme (Envoy's
     * connection manager writes the header itself when it is missing).
     */
    String forwardedProto() {
        String said = HeaderName.FORWARDED_PROTO.joined(request);
        return said == null ? request.scheme() : said;
    }

    private static int pathEnd(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '?' || c == '#') {
                return i;
            }
        }
        return target.length();
    }
}
