package io.signalbox.controlplane.validation;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Collects the violations of one resource. */
final class Findings {
    private static final int LONGEST_QUOTE = 100;

    private final List<Violation> violations;
    private final String path;

    private Findings(List<Violation> violations, String path) {
        this.violations = violations;
        this.path = path;
    }

    /** @param violations where they go */
    static Findings into(List<Violation> violations, String path) {
        return new Findings(violations, path);
    }

    /** For what lies below: {@code at("headers", 2)} is {@code headers[2]}. */
    Findings at(String field, int index) {
        return at(field + "[" + index + "]");
    }

    Findings at(String field) {
        return new Findings(violations, path + "." + field);
    }

    void add(String found, String expected) {
        violations.add(new Violation(path, found, expected));
    }

    /** A text as users see it in {@code found}: in quotes, escaped and shortened. */
    static String quote(String text) {
        return TextNode.valueOf(shorten(text)).toString();
    }

    static String shorten(String text) {
        return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    }
}
