package io.signalbox.controlplane.model;

import java.util.Optional;

/**
 * What is done to requests and answers beside routing, as one level has it. Each is empty where the next wider level counts.
 *
 * @param authorization whether requests are asked about where the listener can
 * @param compression whether answers are compressed where the listener can
 */
public record Policies(
        Optional<Policy<Cors>> cors,
        Optional<Policy<RateLimit>> rateLimit,
        Optional<Policy<BodyLimit>> maxRequestBody,
        Optional<Boolean> authorization,
        Optional<Boolean> compression) {
    public static final Policies NONE =
            new Policies(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
