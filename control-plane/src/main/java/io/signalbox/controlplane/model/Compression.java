package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * What a listener compresses of its answers, for clients that would rather have them so.
 *
 * @param minimumSize in bytes; an answer that does not say its length is compressed
 * @param contentTypes without parameters; an answer without a type is compressed
 * @param encodings the first one is taken among equally wanted ones
 */
public record Compression(int minimumSize, List<String> contentTypes, List<Encoding> encodings) {
    /** By what. */
    public enum Algorithm {
        BROTLI,
        GZIP,
        ZSTD
    }

    /** @param level how hard, the higher the harder; empty for Envoy's own */
    public record Encoding(Algorithm algorithm, Optional<Integer> level) {}

    public static final List<Encoding> DEFAULT_ENCODINGS = List.of(new Encoding(Algorithm.GZIP, Optional.empty()));

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
        encodings = List.copyOf(encodings);
    }
}
