package io.signalbox.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an echo backend was asked.
 *
 * @param protocol {@code HTTP/1.1}, {@code HTTP/2}, or {@code TCP} for a connection without requests
 * @param headers names in lower case and in the order of their first line, values in the order received
 * @param serverName what was asked for by TLS
 * @param clientName the first DNS name of the certificate that was shown
 */
public record EchoRequest(
        String backend,
        String protocol,
        String method,
        String path,
        Map<String, List<String>> headers,
        long bodyBytes,
        Optional<String> serverName,
        Optional<String> clientName) {}
