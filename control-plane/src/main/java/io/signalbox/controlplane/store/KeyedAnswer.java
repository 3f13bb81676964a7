package io.signalbox.controlplane.store;

import java.time.Instant;

/**
 * What a request with an idempotency key was answered.
 *
 * @param fingerprint of what the request asked for; the same key with another one is another request
 * @param expires from when on the key is free again
 */
public record KeyedAnswer(Id id, String fingerprint, StoredAnswer answer, Instant expires) {

    /** Keys of different authors have nothing to do with each other. */
    public record Id(String author, String key) {}
}
