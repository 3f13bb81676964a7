package io.signalbox.controlplane.model;

import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which pages of other origins browsers let read the answers. What a route leaves out its virtual host may say. Envoy:
 * {@code CorsPolicy}.
 *
 * @param origins any of these; the exact text {@code *} is every origin
 * @param methods answered to a preflight, as are {@code headers} and {@code maxAge}
 * @param exposeHeaders which headers of answers scripts may read
 * @param maxAge how long browsers keep the answer to a preflight; whole seconds
 * @param credentials whether cookies may come along
 */
public record Cors(
        List<ValueMatch> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposeHeaders,
        Optional<Duration> maxAge,
        Optional<Boolean> credentials) {
    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposeHeaders = List.copyOf(exposeHeaders);
    }
}
