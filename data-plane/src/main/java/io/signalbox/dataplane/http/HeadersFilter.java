package io.signalbox.dataplane.http;

import io.signalbox.dataplane.config.FilterConfig;

/** Sets headers of requests. Envoy: {@code envoy.filters.http.header_mutation}. */
final class HeadersFilter implements StreamFilter {
    private final FilterConfig.Headers config;

    HeadersFilter(FilterConfig.Headers config) {
        this.config = config;
    }

    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        config.requestHeaders().forEach((name, value) -> head.headers().set(name, value));
        return Next.CONTINUE;
    }
}
