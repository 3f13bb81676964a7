package io.signalbox.routing;

/**
 * Brings a request path into the form that routing looks at, step by step in Envoy's order: escaped slashes, {@code ;}
 * parameters of dot segments, percent-encoding and dot segments, double slashes. The query is left alone. Behaviour is
 * that of Envoy 1.40, learnt from a running one.
 */
public final class PathNormalizer {
    private PathNormalizer() {}

    public sealed interface Normalized {
        record Path(String path) implements Normalized {}

        /** The client is to ask again for this path (307). */
        record Redirect(String path) implements Normalized {}

        /**
         * 400.
         *
         * @param path as it was when the fault was found
         */
        record Bad(String path) implements Normalized {}
    }

    /** @param path path and query, visible ASCII only */
    public static Normalized normalize(String path, PathPolicy policy) {
        if (isPlain(path)) {
            return new Normalized.Path(path);
        }
        if (path.indexOf('#') >= 0) {
            return new Normalized.Bad(path);
        }
        int queryAt = path.indexOf('?');
        String query = queryAt < 0 ? "" : path.substring(queryAt);
        String result = queryAt < 0 ? path : path.substring(0, queryAt);
        boolean redirect = false;
        if (policy.escapedSlashes() != PathPolicy.EscapedSlashes.KEEP) {
            String unescaped = unescapeSlashes(result);
            if (!unescaped.equals(result) && policy.escapedSlashes() == PathPolicy.EscapedSlashes.REJECT) {
                return new Normalized.Bad(path);
            }
            redirect = !unescaped.equals(result)
                    && policy.escapedSlashes() == PathPolicy.EscapedSlashes.UNESCAPE_AND_REDIRECT;
            result = unescaped;
        }
        if (policy.normalize()) {
            String withoutParameters = dropDotParameters(result);
            if (withoutParameters.contains("%00")) {
                return new Normalized.Bad(result + query);
            }
            result = new Canonicalizer(withoutParameters).canonicalize();
        }
        if (policy.mergeSlashes()) {
            result = mergeSlashes(result);
        }
        return redirect ? new Normalized.Redirect(result + query) : new Normalized.Path(result + query);
    }

    /** Whether no step could change anything: the case of nearly all requests. */
    private static boolean isPlain(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '?') {
                return path.indexOf('#', i) < 0;
            }
            if (before == '/' && (c == '.' || c == '/')) {
                return false;
            }
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '_' || c == '~';
            if (!plain) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String unescapeSlashes(String path) {
        return path.replace("%2F", "/").replace("%2f", "/").replace("%5C", "\\").replace("%5c", "\\");
    }

    /** {@code /a/..;x/b} → {@code /a/../b}: some servers take {@code ..;x} for a dot segment, so it has to be one here. */
    private static String dropDotParameters(String path) {
        if (!path.contains("/.;") && !path.contains("/..;")) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at);
            end = end < 0 ? path.length() : end;
            String segment = path.substring(at, end);
            if (segment.startsWith(".;")) {
                out.append('.');
            } else if (segment.startsWith("..;")) {
                out.append("..");
            } else {
                out.append(segment);
            }
            if (end < path.length()) {
                out.append('/');
            }
            at = end + 1;
        }
        return out.toString();
    }

    /** As Envoy does it: of a path of slashes only, two remain. */
    private static String mergeSlashes(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        out.append('/');
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean first = out.length() == 1;
            if (c != '/') {
                out.append(c);
            } else if (!first && out.charAt(out.length() - 1) != '/') {
                out.append('/');
            }
        }
        if (out.length() == 1) {
            out.append('/');
        }
        return out.toString();
    }
}
