package io.signalbox.controlplane.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where a Prometheus is, or whatever speaks its API: Thanos, Mimir, VictoriaMetrics.
 *
 * @param url what comes before {@code /api/v1/query}
 * @param timeout from the question to the end of the answer
 */
public record PrometheusConfig(URI url, Credentials credentials, Duration timeout) {
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final String PATH = "api/v1/query";

    /** @throws IllegalArgumentException for what it cannot be; the message tells no secret, which a URL may hold */
    public PrometheusConfig {
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "url (expected: an http or https URL with a host; no user, query or fragment)");
        } else if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeoutSeconds " + timeout.toSeconds() + " (expected: 1 to " + LONGEST_TIMEOUT.toSeconds() + ")");
        }
    }

    URI queries() {
        String root = url.toString();
        return URI.create(root + (root.endsWith("/") ? "" : "/") + PATH);
    }

    @Override
    public String toString() {
        return "PrometheusConfig[" + url.getHost() + "]";
    }
}
