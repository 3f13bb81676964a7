package io.signalbox.routing;

/**
 * How a listener treats paths before it routes. Envoy: the fields of {@code HttpConnectionManager} of the same names.
 *
 * @param normalize {@code normalize_path}
 * @param mergeSlashes {@code merge_slashes}
 * @param escapedSlashes {@code path_with_escaped_slashes_action}
 */
public record PathPolicy(boolean normalize, boolean mergeSlashes, EscapedSlashes escapedSlashes) {
    /** What happens to {@code %2F} and {@code %5C} in a path. */
    public enum EscapedSlashes {
        KEEP,
        REJECT,
        UNESCAPE_AND_REDIRECT,
        UNESCAPE_AND_FORWARD
    }
}
