package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * A request that nobody has made: to be explained, or what a route test asks.
 *
 * @param listener the name of the listener it arrives at; empty for any that speaks its scheme
 * @param client the IP address that it comes from; empty for one that no listener trusts by name
 * @param scheme {@code http} or {@code https}; empty for that of the listener
 * @param method upper case
 * @param host as in the Host header, perhaps with a port
 * @param path with the query string
 * @param headers one for each line, in their order, without Host
 * @param cookies make up one Cookie line
 */
public record SampleRequest(
        Optional<String> listener,
        Optional<String> client,
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

    /** The same from another address, or from no special one. */
    public SampleRequest withClient(Optional<String> other) {
        return new SampleRequest(listener, other, scheme, method, host, path, headers, cookies);
    }

    public record NamedValue(String name, String value) {}
}
