package io.signalbox.controlplane.model;

import java.util.List;

/**
 * What a listener compresses of its answers, for clients that take gzip.
 *
 * @param minimumSize in bytes; an answer that does not say its length is compressed
 * @param contentTypes without parameters; an answer without a type is compressed
 */
public record Compression(int minimumSize, List<String> contentTypes) {
    /** Envoy's. */
    public static final int DEFAULT_MINIMUM_SIZE = 30;

    /** Text, mostly; pictures and films are compressed as they are. */
    public static final List<String> DEFAULT_CONTENT_TYPES = List.of(
            "application/javascript",
            "application/json",
            "application/xhtml+xml",
            "application/xml",
            "image/svg+xml",
            "text/css",
            "text/html",
            "text/javascript",
            "text/plain",
            "text/xml");

    public Compression {
        contentTypes = List.copyOf(contentTypes);
    }
}
