package io.signalbox.routing;

import java.util.List;

/**
 * What a routing decision may look at in a request. Header values and the path are the bytes of the wire read as
 * ISO-8859-1 (what Netty's HTTP/1.1 codec gives): one char for each byte.
 *
 * <p>The path is what Envoy's connection manager hands to its router, that is after normalisation (dot segments,
 * slashes). Implementations may be mutable and reused; the library keeps no reference to them.
 */
public interface RequestView {
    /** The method, as sent: {@code GET}. */
    String method();

    /** {@code http} or {@code https}: what the request said of itself ({@code :scheme}), not the connection's security. */
    String scheme();

    /** The Host header or {@code :authority}, port included; empty when there is none. */
    String authority();

    /** Path with query string: {@code /a?b=c}. */
    String path();

    /**
     * The values of all lines of this header, in the order of arrival; empty when it is not there.
     *
     * @param lowerCaseName never a pseudo-header and never {@code host}: the library answers those itself from the
     *     methods above
     */
    List<String> headers(String lowerCaseName);

    /** The connection it came on; needed where a configuration hashes addresses or writes them to headers. */
    default ConnectionView connection() {
        return ConnectionView.UNKNOWN;
    }
}
