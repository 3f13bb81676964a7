package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line cut into words as a POSIX shell would (Shell Command Language, section 2.2), {@code $'…'} included, which
 * browsers write when they copy a request. Nothing is expanded: variables, commands and more than one command are refused.
 */
final class ShellWords {
    private final String line;
    private final String field;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String line, String field) {
        this.line = line;
        this.field = field;
    }

    static List<String> split(String line, String field) throws UnfitRequest {
        ShellWords shell = new ShellWords(line, field);
        while (shell.at < line.length()) {
            shell.step();
        }
        shell.endWord();
        return shell.words;
    }

    private void step() throws UnfitRequest {
        char c = line.charAt(at++);
        switch (c) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\\' -> escaped();
            case '\'' -> quoted();
            case '"' -> doubleQuoted();
            case '$' -> {
                if (at < line.length() && line.charAt(at) == '\'') {
                    at++;
                    cQuoted();
                } else {
                    throw unfit("$", "text without variables");
                }
            }
            case '|', ';', '&', '<', '>', '`', '(', ')' -> throw unfit(Character.toString(c), "one command; quote it");
            default -> add(c);
        }
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    /** A backslash before the end of a line joins it with the next. */
    private void escaped() {
        if (line.startsWith("\r\n", at)) {
            at += 2;
        } else if (at < line.length() && line.charAt(at) == '\n') {
            at++;
        } else if (at < line.length()) {
            add(line.charAt(at++));
        }
    }

    private void quoted() throws UnfitRequest {
        int end = line.indexOf('\'', at);
        if (end < 0) {
            throw unfit("a quote that is not closed", "a quote at the end");
        }
        inWord = true;
        word.append(line, at, end);
        at = end + 1;
    }

    private void doubleQuoted() throws UnfitRequest {
        inWord = true;
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c == '\\' && at < line.length() && "\"\\$`\n".indexOf(line.charAt(at)) >= 0) {
                char next = line.charAt(at++);
                if (next != '\n') {
                    word.append(next);
                }
            } else if (c == '$' || c == '`') {
                throw unfit(Character.toString(c), "text without variables");
            } else {
                word.append(c);
            }
        }
        close();
    }

    private void cQuoted() throws UnfitRequest {
        inWord = true;
        while (at < line.length() && line.charAt(at) != '\'') {
            char c = line.charAt(at++);
            if (c != '\\' || at == line.length()) {
                word.append(c);
                continue;
            }
            char next = line.charAt(at++);
            switch (next) {
                case 'n' -> word.append('\n');
                case 't' -> word.append('\t');
                case 'r' -> word.append('\r');
                case 'u' -> hex(4);
                case 'x' -> hex(2);
                default -> word.append(next);
            }
        }
        close();
    }

    private void hex(int digits) throws UnfitRequest {
        String text = line.substring(at, Math.min(at + digits, line.length()));
        if (!text.matches("[0-9A-Fa-f]{" + digits + "}")) {
            throw unfit("an escape that is not hexadecimal", digits + " hexadecimal digits");
        }
        word.append((char) Integer.parseInt(text, 16));
        at += digits;
    }

    private void close() throws UnfitRequest {
        if (at == line.length()) {
            throw unfit("a quote that is not closed", "a quote at the end");
        }
        at++;
    }

    private UnfitRequest unfit(String found, String expected) {
        return new UnfitRequest(new Violation(field, found, expected));
    }
}
