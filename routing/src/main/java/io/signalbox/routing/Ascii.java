package io.signalbox.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Bytes as Envoy sees them: only the letters A to Z have a case. */
final class Ascii {
    private Ascii() {}

    /** A configured text as it would come in a request: its UTF-8 bytes, one char each (see {@link RequestView}). */
    static String wire(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return new String(text.getBytes(UTF_8), ISO_8859_1);
            }
        }
        return text;
    }

    static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != lower(c)) {
                return lowerFrom(i, text);
            }
        }
        return text;
    }

    private static String lowerFrom(int start, String text) {
        char[] chars = text.toCharArray();
        for (int i = start; i < chars.length; i++) {
            chars[i] = lower(chars[i]);
        }
        return new String(chars);
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Whether {@code part}, in lower case, stands at this offset of the text in any case. */
    static boolean hasIgnoringCase(String text, int offset, String part) {
        if (offset < 0 || offset + part.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (lower(text.charAt(offset + i)) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code part}, in lower case, is anywhere in the text in any case. */
    static boolean containsIgnoringCase(String text, String part) {
        for (int offset = 0; offset + part.length() <= text.length(); offset++) {
            if (hasIgnoringCase(text, offset, part)) {
                return true;
            }
        }
        return false;
    }
}
