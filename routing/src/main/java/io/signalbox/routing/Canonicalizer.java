package io.signalbox.routing;

/**
 * The canonical form of a path without its query, as browsers have it (WHATWG URL) and Envoy after them: backslashes are
 * slashes, dot segments are resolved, escapes of unreserved characters are decoded and all others stay as they are. For
 * one use.
 */
final class Canonicalizer {
    /** Visible characters that canonical paths have only in encoded form, as they have all bytes beyond ASCII. */
    private static final String ENCODED = "\"<>^`{|}";

    private static final String HEX = "0123456789ABCDEF";

    private final String path;
    private final StringBuilder out;
    private int at;
    /** Where the last percent sign is in {@code out} that begins no escape; negative for nowhere. */
    private int barePercent = -1;

    Canonicalizer(String path) {
        this.path = path;
        this.out = new StringBuilder(path.length());
    }

    String canonicalize() {
        while (at < path.length()) {
            char c = path.charAt(at);
            if (c == '/' || c == '\\') {
                out.append('/');
                at++;
                skipDotSegments();
            } else if (c == '%') {
                percent();
            } else {
                appendPlain(c);
                at++;
            }
        }
        return out.toString();
    }

    /** Here {@code out} ends in a slash. */
    private void skipDotSegments() {
        while (true) {
            int afterFirst = skipDot(at);
            int afterSecond = skipDot(afterFirst);
            if (afterFirst > at && endsSegment(afterFirst)) {
                at = afterFirst;
            } else if (afterFirst > at && afterSecond > afterFirst && endsSegment(afterSecond)) {
                at = afterSecond;
                dropLastSegment();
            } else {
                return;
            }
            if (at == path.length()) {
                return;
            }
            at++;
        }
    }

    private void dropLastSegment() {
        if (out.length() > 1) {
            out.setLength(out.lastIndexOf("/", out.length() - 2) + 1);
        }
    }

    private boolean endsSegment(int index) {
        return index == path.length() || path.charAt(index) == '/' || path.charAt(index) == '\\';
    }

    private int skipDot(int index) {
        if (index < path.length() && path.charAt(index) == '.') {
            return index + 1;
        }
        return path.regionMatches(true, index, "%2e", 0, 3) ? index + 3 : index;
    }

    private void percent() {
        if (!isHex(at + 1) || !isHex(at + 2)) {
            barePercent = out.length();
            out.append('%');
            at++;
            return;
        }
        int decoded = Character.digit(path.charAt(at + 1), 16) * 16 + Character.digit(path.charAt(at + 2), 16);
        if (isUnreserved(decoded)) {
            out.append((char) decoded);
            at += 3;
            keepApart((char) decoded);
        } else {
            out.append(path, at, at + 3);
            at += 3;
        }
    }

    /** {@code %2%41} must not become {@code %2A}, an escape that was not there: the bare percent sign is encoded. */
    private void keepApart(char decoded) {
        if (barePercent < 0 || !isHex(decoded)) {
            return;
        }
        int behind = out.length() - barePercent;
        boolean completes = behind == 3 && isHex(out.charAt(barePercent + 1));
        boolean begins = behind == 2 && isHex(at);
        if (completes || begins) {
            out.insert(barePercent + 1, "25");
        }
    }

    private boolean isHex(int index) {
        return index < path.length() && isHex(path.charAt(index));
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }

    private void appendPlain(char c) {
        if (ENCODED.indexOf(c) >= 0 || c >= 0x80) {
            out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
            out.append(c);
        }
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
    }
}
