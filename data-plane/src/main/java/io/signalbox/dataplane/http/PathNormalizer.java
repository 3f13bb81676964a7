package io.signalbox.dataplane.http;

import io.signalbox.dataplane.config.HttpConfig.EscapedSlashes;
import io.signalbox.dataplane.config.HttpConfig.PathPolicy;

/**
 * Brings a request path into the form that routing looks at, step by step in Envoy's order: escaped slashes, {@code ;}
 * parameters of dot segments, percent-encoding and dot segments, double slashes. The query is left alone. Behaviour is
 * that of Envoy 1.40, learnt from a running one.
 */
final class PathNormalizer {
    /** Visible characters that canonical paths have only in encoded form. */
    private static final String ENCODED = "\"<>^`{|}";

    private static final String HEX = "0123456789ABCDEF";

    private PathNormalizer() {}

    sealed interface Normalized {
        record Path(String path) implements Normalized {}

        /** The client is to ask again for this path (307). */
        record Redirect(String path) implements Normalized {}

        /** 400. */
        record Bad() implements Normalized {}
    }

    /** @param path path and query, visible ASCII only */
    static Normalized normalize(String path, PathPolicy policy) {
        if (isPlain(path)) {
            return new Normalized.Path(path);
        }
        if (path.indexOf('#') >= 0) {
            return new Normalized.Bad();
        }
        int queryAt = path.indexOf('?');
        String query = queryAt < 0 ? "" : path.substring(queryAt);
        String result = queryAt < 0 ? path : path.substring(0, queryAt);
        boolean redirect = false;
        if (policy.escapedSlashes() != EscapedSlashes.KEEP) {
            String unescaped = unescapeSlashes(result);
            if (!unescaped.equals(result) && policy.escapedSlashes() == EscapedSlashes.REJECT) {
                return new Normalized.Bad();
            }
            redirect = !unescaped.equals(result) && policy.escapedSlashes() == EscapedSlashes.UNESCAPE_AND_REDIRECT;
            result = unescaped;
        }
        if (policy.normalize()) {
            if (result.contains("%00")) {
                return new Normalized.Bad();
            }
            result = canonicalize(dropDotParameters(result));
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

    /** WHATWG-like canonical form: backslashes are slashes, dot segments are resolved, unreserved escapes decoded. */
    private static String canonicalize(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int i = 0;
        while (i < path.length()) {
            char c = path.charAt(i);
            if (c == '/' || c == '\\') {
                out.append('/');
                i = dotSegment(path, i + 1, out);
            } else if (c == '%' && isEscape(path, i)) {
                appendEscape(path, i, out);
                i += 3;
            } else {
                appendPlain(c, out);
                i++;
            }
        }
        return out.toString();
    }

    /**
     * Resolves a dot segment that begins at {@code start}, if there is one.
     *
     * @param out ends in a slash
     * @return where to go on reading
     */
    private static int dotSegment(String path, int start, StringBuilder out) {
        int afterFirst = skipDot(path, start);
        if (afterFirst == start) {
            return start;
        }
        if (endsSegment(path, afterFirst)) {
            return next(path, afterFirst, out);
        }
        int afterSecond = skipDot(path, afterFirst);
        if (afterSecond == afterFirst || !endsSegment(path, afterSecond)) {
            return start;
        }
        if (out.length() > 1) {
            int parent = out.lastIndexOf("/", out.length() - 2);
            out.setLength(parent + 1);
        }
        return next(path, afterSecond, out);
    }

    /** After a dot segment: its slash is already in {@code out}, and another dot segment may follow. */
    private static int next(String path, int at, StringBuilder out) {
        return at < path.length() ? dotSegment(path, at + 1, out) : at;
    }

    private static boolean endsSegment(String path, int at) {
        return at == path.length() || path.charAt(at) == '/' || path.charAt(at) == '\\';
    }

    private static int skipDot(String path, int at) {
        if (at < path.length() && path.charAt(at) == '.') {
            return at + 1;
        }
        return path.regionMatches(true, at, "%2e", 0, 3) ? at + 3 : at;
    }

    private static boolean isEscape(String path, int at) {
        return at + 2 < path.length()
                && Character.digit(path.charAt(at + 1), 16) >= 0
                && Character.digit(path.charAt(at + 2), 16) >= 0;
    }

    private static void appendEscape(String path, int at, StringBuilder out) {
        int decoded = Character.digit(path.charAt(at + 1), 16) * 16 + Character.digit(path.charAt(at + 2), 16);
        if (isUnreserved(decoded)) {
            out.append((char) decoded);
        } else {
            out.append(path, at, at + 3);
        }
    }

    private static void appendPlain(char c, StringBuilder out) {
        if (ENCODED.indexOf(c) >= 0) {
            out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
            out.append(c);
        }
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
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
