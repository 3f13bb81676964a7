package io.signalbox.controlplane.explain;

import com.google.common.net.InetAddresses;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import java.net.InetAddress;
import java.util.List;

/** The addresses that a filter chain is for; no ranges for all. */
record Sources(List<CidrRange> ranges) {
    Sources {
        ranges = List.copyOf(ranges);
    }

    /** How many leading bits say that the address is one of them: of two chains the one of more is chosen. Below 0: it is none. */
    int strength(InetAddress client) {
        return ranges.isEmpty()
                ? 0
                : ranges.stream()
                        .filter(range -> holds(range, client.getAddress()))
                        .mapToInt(range -> range.getPrefixLen().getValue() + 1)
                        .max()
                        .orElse(-1);
    }

    private static boolean holds(CidrRange range, byte[] client) {
        byte[] prefix = InetAddresses.forString(range.getAddressPrefix()).getAddress();
        if (prefix.length != client.length) {
            return false;
        }
        for (int bit = 0; bit < range.getPrefixLen().getValue(); bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((prefix[bit / 8] & mask) != (client[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
