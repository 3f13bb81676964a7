package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.XRateLimitHeadersRFCVersion;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.dataplane.config.TokenBucket;

/** {@code LocalRateLimit}. */
final class RateLimitParser {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_ERROR = 400;
    private static final int PERCENT = 100;
    private static final long SHORTEST_INTERVAL_NANOS = 50_000_000;

    private RateLimitParser() {}

    static FilterConfig limit(String at, Any any) throws InvalidResource {
        LocalRateLimit proto = Protos.unpack(at, any, LocalRateLimit.class);
        if (!proto.hasTokenBucket()) {
            return new FilterConfig.NoRateLimit();
        }
        requireAlways(at + ".filter_enabled", proto.hasFilterEnabled(), proto.getFilterEnabled());
        requireAlways(at + ".filter_enforced", proto.hasFilterEnforced(), proto.getFilterEnforced());
        var bucket = proto.getTokenBucket();
        long interval = Protos.duration(bucket.getFillInterval()).toNanos();
        if (interval < SHORTEST_INTERVAL_NANOS) {
            throw new InvalidResource(
                    at + ".token_bucket.fill_interval: " + interval + " ns (expected: 50 ms or more)");
        }
        int status = proto.getStatus().getCodeValue();
        return new FilterConfig.RateLimit(
                new TokenBucket(
                        Integer.toUnsignedLong(bucket.getMaxTokens()),
                        bucket.hasTokensPerFill()
                                ? Integer.toUnsignedLong(
                                        bucket.getTokensPerFill().getValue())
                                : 1,
                        interval,
                        System::nanoTime),
                status < FIRST_ERROR ? TOO_MANY_REQUESTS : status,
                proto.getEnableXRatelimitHeaders() == XRateLimitHeadersRFCVersion.DRAFT_VERSION_03);
    }

    /** Envoy takes a missing one for never. */
    private static void requireAlways(String at, boolean present, RuntimeFractionalPercent proto)
            throws InvalidResource {
        FractionalPercent value = proto.getDefaultValue();
        boolean always = present
                && value.getDenominator() == FractionalPercent.DenominatorType.HUNDRED
                && value.getNumerator() == PERCENT;
        if (!always) {
            throw new InvalidResource(at + ": other than 100 % is not supported");
        }
    }
}
