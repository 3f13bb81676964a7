package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.routing.Decision;

/**
 * Answers preflights, and says in other answers who may read them. Only for requests that are forwarded, as in Envoy. Envoy:
 * {@code envoy.filters.http.cors}.
 */
final class CorsFilter implements StreamFilter {
    private static final int OK = 200;

    private final FilterConfig.Cors config;
    private final FilterContext context;
    private String allowedOrigin = "";
    private boolean preflight;

    CorsFilter(FilterConfig.Cors config, FilterContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        String origin = head.headers().get(HttpHeaderNames.ORIGIN);
        if (!(context.decision() instanceof Decision.Forward) || origin == null || origin.isEmpty()) {
            return Next.CONTINUE;
        }
        boolean asks = isPreflight(head);
        if (config.allows(origin)) {
            allowedOrigin = origin;
            preflight = asks;
        }
        if (preflight || asks && !config.forwardsOthers().orElse(true)) {
            context.answer(new ResponseHead(ReasonPhrases.status(OK), new DefaultHttpHeaders(), true));
            return Next.WAIT;
        }
        return Next.CONTINUE;
    }

    private static boolean isPreflight(RequestHead head) {
        String method = head.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        return head.method().equals("OPTIONS") && method != null && !method.isEmpty();
    }

    @Override
    public void responseHead(ResponseHead head) {
        if (allowedOrigin.isEmpty()) {
            return;
        }
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin);
        if (config.credentials().orElse(false)) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderNames.TRUE);
        }
        set(headers, HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, config.exposeHeaders());
        if (preflight) {
            set(headers, HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, config.methods());
            set(headers, HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, config.headers());
            set(headers, HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, config.maxAge());
        }
    }

    private static void set(HttpHeaders headers, CharSequence name, String value) {
        if (!value.isEmpty()) {
            headers.set(name, value);
        }
    }
}
