package io.signalbox.cli.files;

import java.util.List;

/** Files that are not in the file form; holds all that is wrong with them. */
public final class InvalidFilesException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidFilesException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each: {@code edge.yaml, document 2: kind "pol" (expected: …)}. */
    public List<String> problems() {
        return problems;
    }
}
