package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.dataplane.config.HttpFilters;
import io.signalbox.dataplane.http.StreamFilter.Next;
import io.signalbox.routing.FilterConfigs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The filters that have something to do with one exchange, and how far its request has come. Confined to its event loop.
 * Most requests meet no filter: their chain is empty, and they go to the router at once.
 */
final class FilterChain {
    private static final StreamFilter[] NONE = {};

    private final StreamFilter[] filters;
    private final RequestHead head;
    private final Router router;
    private final boolean bodiless;
    private final ArrayDeque<HttpContent> collected = new ArrayDeque<>(0);
    /** The filter that keeps the request; behind the last one when the router has it. */
    private int position;

    private Next next = Next.CONTINUE;
    private boolean over;

    private FilterChain(StreamFilter[] filters, RequestHead head, Router router) {
        this.filters = filters;
        this.head = head;
        this.router = router;
        this.bodiless = head.body() == RequestBody.NONE;
    }

    static FilterChain open(HttpFilters all, FilterContext context, Router router) {
        FilterConfigs route = context.decision().filters();
        boolean none =
                all.entries().isEmpty() || all.areOnDemand() && route.byFilter().isEmpty();
        return new FilterChain(none ? NONE : open(all, route, context), context.request(), router);
    }

    private static StreamFilter[] open(HttpFilters all, FilterConfigs route, FilterContext context) {
        List<StreamFilter> open = new ArrayList<>(all.entries().size());
        Encodings encodings = new Encodings(context.request().headers().get(HttpHeaderNames.ACCEPT_ENCODING));
        for (HttpFilters.Entry entry : all.entries()) {
            FilterConfig own = (FilterConfig) route.byFilter().get(entry.name());
            if (own instanceof FilterConfig.Off || own == null && entry.onDemand()) {
                continue;
            }
            FilterConfig config = own == null || own instanceof FilterConfig.On ? entry.config() : own;
            if (config instanceof FilterConfig.Compressor compressor) {
                open.add(new CompressorFilter(compressor, encodings));
            } else {
                open.add(open(config, entry, context));
            }
        }
        return open.toArray(NONE);
    }

    /** Every other filter there is. */
    private static StreamFilter open(FilterConfig config, HttpFilters.Entry entry, FilterContext context) {
        if (config instanceof FilterConfig.Buffer buffer) {
            return new BufferFilter(buffer, context);
        }
        if (config instanceof FilterConfig.Cors cors) {
            return new CorsFilter(cors, context);
        }
        if (config instanceof FilterConfig.RateLimit limit) {
            return new RateLimitFilter(limit, context);
        }
        if (config instanceof FilterConfig.NoRateLimit) {
            return StreamFilter.NOTHING;
        }
        if (config instanceof FilterConfig.Authorization authorization) {
            return new AuthorizationFilter(authorization, context);
        }
        if (config instanceof FilterConfig.Headers headers) {
            return new HeadersFilter(headers);
        }
        throw new IllegalStateException("filter " + entry.name() + " has no such config: " + config);
    }

    /** The request begins its way. */
    void start() {
        advance(0);
    }

    /** The filter that kept the request lets it go. */
    void proceed() {
        if (!over && next != Next.CONTINUE) {
            advance(position + 1);
        }
    }

    private void advance(int from) {
        for (int i = from; i < filters.length && !over; i++) {
            position = i;
            next = filters[i].requestHead(head, bodiless);
            if (!over) {
                catchUp(filters[i]);
            }
            if (next != Next.CONTINUE) {
                return;
            }
        }
        if (!over) {
            position = filters.length;
            next = Next.CONTINUE;
            router.start();
        }
    }

    /** What earlier filters have collected is for this one, too. */
    private void catchUp(StreamFilter filter) {
        for (HttpContent piece : List.copyOf(collected)) {
            if (over || next == Next.WAIT) {
                return;
            }
            Next after = filter.requestBody(piece);
            next = next == Next.COLLECT ? after : next;
        }
    }

    boolean isReadyForBody() {
        return next == Next.CONTINUE ? collected.isEmpty() && router.isReadyForBody() : next == Next.COLLECT;
    }

    /** Takes over the buffer. */
    void requestBody(HttpContent piece) {
        if (next == Next.CONTINUE) {
            for (StreamFilter filter : filters) {
                filter.requestBody(piece);
            }
            router.body(piece);
            return;
        }
        collected.add(piece);
        for (int i = 0; i < position; i++) {
            filters[i].requestBody(piece);
        }
        next = filters[position].requestBody(piece);
        if (!over && next == Next.CONTINUE) {
            advance(position + 1);
        }
    }

    /** Gives the router what was collected, as far as it takes it. */
    void drain() {
        while (next == Next.CONTINUE && !collected.isEmpty() && router.isReadyForBody()) {
            router.body(collected.remove());
        }
    }

    void responseHead(ResponseHead response) {
        for (int i = filters.length - 1; i >= 0; i--) {
            filters[i].responseHead(response);
        }
    }

    HttpContent responseBody(HttpContent piece) {
        HttpContent passing = piece;
        for (int i = filters.length - 1; i >= 0; i--) {
            passing = filters[i].responseBody(passing);
        }
        return passing;
    }

    /** No call of a filter comes after this. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        collected.forEach(HttpContent::release);
        collected.clear();
        for (StreamFilter filter : filters) {
            filter.ended();
        }
    }
}
