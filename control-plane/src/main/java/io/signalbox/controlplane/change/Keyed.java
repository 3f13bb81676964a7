package io.signalbox.controlplane.change;

import io.signalbox.controlplane.store.StoredAnswer;
import java.time.Duration;
import java.util.function.Function;

/**
 * What makes a request one that may be sent again without being done again
 * (draft-ietf-httpapi-idempotency-key-header). Only what was done is remembered, also when it changed nothing; a refusal
 * leaves the key free, for nothing happened that must not happen twice.
 *
 * @param key the author's word for this request
 * @param fingerprint the same for the same request, another one for any other
 * @param answering what the author is answered; pure
 */
public record Keyed(String key, String fingerprint, Function<Outcome.Applied, StoredAnswer> answering) {
    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);
}
