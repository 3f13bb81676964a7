package io.signalbox.controlplane.store;

/**
 * The answer to a request, kept to be given again.
 *
 * @param status of HTTP
 * @param revision the newest revision once the request was done
 * @param body JSON; never with a private key
 */
public record StoredAnswer(int status, long revision, String body) {}
