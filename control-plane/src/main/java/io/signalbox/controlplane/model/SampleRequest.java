package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * A request that nobody has made: to be explained, or what a route test asks.
 *
 * @param listener the name of the listener it arrives at; empty for any that speaks its scheme
 * @param scheme {@code http} or {@code https}; empty for that of the listener
 * @param method upper case
 * @param host as in the Host header, perhaps with a port
 * @param path with the query string
 * @param headers one for each line, in their order, without Host
 * @param cookies make up one Cookie line
 */
public record SampleRequest(
        Optional<String> listener,
        Optional<String> scheme,
        String method,
        String host,
        String path,
        List<NamedValue> headers,
        List<NamedValue> cookies) {
    public SampleRequest {
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    public record NamedValue(String name, String value) {}
}
