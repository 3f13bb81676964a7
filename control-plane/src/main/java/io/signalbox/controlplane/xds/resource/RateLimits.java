package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.XRateLimitHeadersRFCVersion;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import io.signalbox.controlplane.model.RateLimit;

/** A bucket of tokens in each proxy. Envoy: {@code LocalRateLimit}. */
final class RateLimits {
    /** One name for all, as each one more costs memory in every proxy. */
    static final String STATISTICS = "rate_limit";

    private static final RuntimeFractionalPercent ALL = RuntimeFractionalPercent.newBuilder()
            .setDefaultValue(FractionalPercent.newBuilder().setNumerator(100))
            .build();

    private RateLimits() {}

    static LocalRateLimit limit(RateLimit limit) {
        LocalRateLimit.Builder proto = LocalRateLimit.newBuilder()
                .setStatPrefix(STATISTICS)
                .setStatus(HttpStatus.newBuilder().setCode(StatusCode.forNumber(limit.status())))
                .setTokenBucket(TokenBucket.newBuilder()
                        .setMaxTokens(limit.burst().orElse(limit.requests()))
                        .setTokensPerFill(UInt32Value.of(limit.requests()))
                        .setFillInterval(Clusters.duration(limit.per())))
                .setFilterEnabled(ALL)
                .setFilterEnforced(ALL);
        if (limit.announce()) {
            proto.setEnableXRatelimitHeaders(XRateLimitHeadersRFCVersion.DRAFT_VERSION_03);
        }
        return proto.build();
    }
}
