package io.signalbox.controlplane.validation;

/**
 * One thing that is wrong with what a user wrote.
 *
 * @param field where: {@code spec.match.headers[1].regex}; empty for the document as a whole
 * @param found what stands there, shortened if long; never a secret
 * @param expected what would be right
 */
public record Violation(String field, String found, String expected) {
    /** {@code 70000 (expected: an integer from 1 to 65535)} */
    public String message() {
        return found + " (expected: " + expected + ")";
    }
}
