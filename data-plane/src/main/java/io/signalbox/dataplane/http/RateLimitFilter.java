package io.signalbox.dataplane.http;

import io.netty.util.AsciiString;
import io.signalbox.dataplane.config.FilterConfig;

/** Refuses requests for which no token is left. Envoy: {@code envoy.filters.http.local_ratelimit}. */
final class RateLimitFilter implements StreamFilter {
    private static final AsciiString LIMIT = AsciiString.cached("x-ratelimit-limit");
    private static final AsciiString REMAINING = AsciiString.cached("x-ratelimit-remaining");
    private static final AsciiString RESET = AsciiString.cached("x-ratelimit-reset");

    private final FilterConfig.RateLimit config;
    private final FilterContext context;
    private boolean counted;

    RateLimitFilter(FilterConfig.RateLimit config, FilterContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        counted = true;
        if (config.bucket().take()) {
            return Next.CONTINUE;
        }
        context.reply(LocalReply.text(config.status(), "local_rate_limited").because("RL"));
        return Next.WAIT;
    }

    @Override
    public void responseHead(ResponseHead head) {
        if (config.announce() && counted) {
            head.headers().set(LIMIT, Long.toString(config.bucket().most()));
            head.headers().set(REMAINING, Long.toString(config.bucket().remaining()));
            head.headers().set(RESET, Long.toString(config.bucket().secondsToNext()));
        }
    }
}
