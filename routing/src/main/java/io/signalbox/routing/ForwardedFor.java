package io.signalbox.routing;

import java.util.Optional;

/** Whom the proxies in front name as the client. Envoy: "x-forwarded-for", with {@code xff_num_trusted_hops}. */
public final class ForwardedFor {
    private ForwardedFor() {}

    /**
     * What stands that many places from the right, the last one being the first place.
     *
     * @param line the header's value, lines joined
     * @param hops 0 when nobody is believed
     * @return without blanks around it; empty when there are fewer places. Where it is no IP address the peer is the
     *     client, as when it is empty
     */
    public static Optional<String> client(String line, int hops) {
        int end = line.length();
        for (int hop = 1; hop < hops && end >= 0; hop++) {
            end = end == 0 ? -1 : line.lastIndexOf(',', end - 1);
        }
        if (hops <= 0 || end < 0) {
            return Optional.empty();
        }
        int start = end == 0 ? 0 : line.lastIndexOf(',', end - 1) + 1;
        return Optional.of(line.substring(start, end).strip());
    }
}
