package io.signalbox.dataplane.http;

/**
 * What is known of a client connection before any request.
 *
 * @param clientAddress IP address without port
 * @param forwardedFor what is appended to {@code x-forwarded-for} for it
 */
public record DownstreamInfo(String clientAddress, String forwardedFor, boolean tls) {
    String scheme() {
        return tls ? "https" : "http";
    }
}
