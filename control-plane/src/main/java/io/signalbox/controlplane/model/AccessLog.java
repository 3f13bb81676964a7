package io.signalbox.controlplane.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line for each request, on the standard output of the proxy.
 *
 * @param minimumStatus of requests that are told; empty for all
 */
public record AccessLog(Format format, Optional<Integer> minimumStatus) {

    /** In JSON one key of {@code text}, {@code json}, or neither. */
    public sealed interface Format {}

    /** Envoy's default format. */
    public record Usual() implements Format {}

    /** @param text with {@code %…%}, see docs/headers.md; without the end of the line */
    public record Text(String text) implements Format {}

    /** @param fields of an object, each as {@code text} is */
    public record Json(SortedMap<String, String> fields) implements Format {
        public Json {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }
}
