package io.signalbox.controlplane.model;

/**
 * The answer to what comes without TLS: the same URL with {@code https}.
 *
 * @param status of the answer
 * @param port where HTTPS is served; 443 stands in no URL
 */
public record HttpsRedirect(int status, int port) {
    public static final int DEFAULT_STATUS = 301;
    public static final int DEFAULT_PORT = 443;
}
