package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests each proxy takes by itself. Envoy: {@code local_ratelimit}, a bucket of tokens.
 *
 * @param requests that come back to the bucket in the course of {@code per}
 * @param burst how many the bucket holds; as many as {@code requests} where it is empty
 * @param status of the answer to what is too much
 * @param announce whether answers tell how many are left
 */
public record RateLimit(int requests, Duration per, Optional<Integer> burst, int status, boolean announce) {
    public static final int DEFAULT_STATUS = 429;
}
