package io.signalbox.controlplane.xds.resource;

/**
 * What a backslash starts in a valid RE2 expression.
 *
 * @param text from the backslash to the end
 * @param character the code point it stands for; -1 if it is a class or an assertion
 */
record RegexEscape(String text, int character) {

    static RegexEscape at(String regex, int backslash) {
        char c = regex.charAt(backslash + 1);
        if (c == 'x') {
            return hexadecimal(regex, backslash);
        }
        if (c >= '0' && c <= '7') {
            return octal(regex, backslash);
        }
        if (c == 'p' || c == 'P') {
            boolean named = regex.startsWith("{", backslash + 2);
            int end = named ? regex.indexOf('}', backslash) + 1 : backslash + 3;
            return new RegexEscape(regex.substring(backslash, end), -1);
        }
        int control = "afnrtv".indexOf(c);
        if (control >= 0) {
            return new RegexEscape("\\" + c, "\u0007\f\n\r\t\u000b".charAt(control));
        }
        boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        int character = letter ? -1 : regex.codePointAt(backslash + 1);
        int end = backslash + 1 + (letter ? 1 : Character.charCount(character));
        return new RegexEscape(regex.substring(backslash, end), character);
    }

    private static RegexEscape hexadecimal(String regex, int backslash) {
        boolean braces = regex.startsWith("{", backslash + 2);
        int start = backslash + (braces ? 3 : 2);
        int end = braces ? regex.indexOf('}', start) : start + 2;
        return new RegexEscape(
                regex.substring(backslash, braces ? end + 1 : end), Integer.parseInt(regex.substring(start, end), 16));
    }

    /** Up to three digits. */
    private static RegexEscape octal(String regex, int backslash) {
        int end = backslash + 1;
        while (end < regex.length() && end < backslash + 4 && regex.charAt(end) >= '0' && regex.charAt(end) <= '7') {
            end++;
        }
        return new RegexEscape(
                regex.substring(backslash, end), Integer.parseInt(regex.substring(backslash + 1, end), 8));
    }
}
