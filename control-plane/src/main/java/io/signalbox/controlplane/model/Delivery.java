package io.signalbox.controlplane.model;

import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long and how often a proxy tries to have a request answered, and who gets copies of it. Empty where Envoy's default
 * holds.
 *
 * @param timeout from the end of the request to the end of the response, retries included; zero for no limit (Envoy's
 *     default: 15 s)
 * @param idleTimeout how long nothing may move; zero for no limit (the listener's: 5 min)
 * @param retry when it is tried again; empty for never
 * @param mirrors pools that get copies, whose answers nobody waits for
 */
public record Delivery(
        Optional<Duration> timeout, Optional<Duration> idleTimeout, Optional<Retry> retry, List<Mirror> mirrors) {
    public static final Delivery USUAL = new Delivery(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Delivery {
        mirrors = List.copyOf(mirrors);
    }

    /**
     * Envoy: {@code RetryPolicy}.
     *
     * @param on Envoy's words for what is tried again, as {@code 5xx}
     * @param statuses answers that are tried again besides
     * @param headers answers with a header that fits one of these are tried again besides
     * @param onlyRequestsWith where there are any, a request without a header that fits one of these is never tried again
     * @param attempts tries after the first one, at least 1
     * @param perTryTimeout of each try; empty for the whole timeout
     * @param backOff how long to wait between tries
     * @param otherHost whether a server that was tried before is passed over while there are others
     */
    public record Retry(
            List<String> on,
            List<Integer> statuses,
            List<HeaderMatch> headers,
            List<HeaderMatch> onlyRequestsWith,
            int attempts,
            Optional<Duration> perTryTimeout,
            Optional<BackOff> backOff,
            boolean otherHost) {
        public Retry {
            on = List.copyOf(on);
            statuses = List.copyOf(statuses);
            headers = List.copyOf(headers);
            onlyRequestsWith = List.copyOf(onlyRequestsWith);
        }
    }

    /**
     * Waits are drawn at random, up to {@code base} before the second try, thrice as much before the third, seven times …
     *
     * @param max that no wait exceeds; empty for ten times the base
     */
    public record BackOff(Duration base, Optional<Duration> max) {}

    /** @param millionths how many of a million requests are copied */
    public record Mirror(String pool, int millionths) {}
}
