package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.dataplane.stats.ClusterStats;
import org.jspecify.annotations.Nullable;

/**
 * Counts a request a second time, under a name that a filter gave it. Once for all its tries, by what the client is answered and
 * whoever answers from the router on. Envoy: {@code x-envoy-upstream-alt-stat-name}; of the names there those of classes and of
 * statuses.
 */
final class CountedApart {
    private final @Nullable String prefix;
    private final ClusterStats stats;

    private CountedApart(@Nullable String prefix, ClusterStats stats) {
        this.prefix = prefix;
        this.stats = stats;
    }

    /** Takes the name out of the request. */
    static CountedApart of(HttpHeaders request, ClusterStats stats) {
        String name = request.get(HeaderNames.ALT_STAT_NAME);
        if (name == null) {
            return new CountedApart(null, stats);
        }
        request.remove(HeaderNames.ALT_STAT_NAME);
        return new CountedApart(name + ".", stats);
    }

    void answered(int status) {
        if (prefix != null) {
            stats.counter(prefix + "upstream_rq_" + status / 100 + "xx").increment();
            stats.counter(prefix + "upstream_rq_" + status).increment();
        }
    }

    /** The answer has come whole. */
    void took(long millis) {
        stats.requestTime().record(millis);
        if (prefix != null) {
            stats.histogram(prefix + "upstream_rq_time").record(millis);
        }
    }
}
