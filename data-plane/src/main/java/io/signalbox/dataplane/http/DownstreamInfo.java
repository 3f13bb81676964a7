package io.signalbox.dataplane.http;

import io.signalbox.routing.ConnectionView;

/**
 * What is known of a client connection before any request.
 *
 * @param remoteAddress the client's address with port
 * @param localAddress the address with port that it connected to
 * @param clientAddress IP address without port
 * @param forwardedFor what is appended to {@code x-forwarded-for} for it
 */
public record DownstreamInfo(
        String remoteAddress, String localAddress, String clientAddress, String forwardedFor, boolean tls)
        implements ConnectionView {
    String scheme() {
        return tls ? "https" : "http";
    }
}
