package io.signalbox.routing;

import java.time.Instant;
import java.util.List;

/** What the values of added headers may be made of. A text that is not known is empty. */
public interface FormatContext {
    /** The request as it is by now: with the changes already made to it. */
    RequestView request();

    /** The values of a header of the response; empty before there is one. */
    default List<String> responseHeaders(String lowerCaseName) {
        return List.of();
    }

    /** The downstream protocol: {@code HTTP/1.1}, {@code HTTP/2}. */
    default String protocol() {
        return "";
    }

    /** The route's name in the configuration. */
    default String routeName() {
        return "";
    }

    /** The virtual cluster's name, see {@link RouteTable#virtualCluster}. */
    default String virtualCluster() {
        return "";
    }

    /** The cluster the request goes to; empty before one is chosen, and for answers that need none. */
    default String upstreamCluster() {
        return "";
    }

    /** How it ended; asked for by logs alone. */
    default RequestOutcome outcome() {
        return RequestOutcome.NONE;
    }

    /** When the request came. */
    default Instant startTime() {
        return Instant.EPOCH;
    }
}
