package io.signalbox.dataplane.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Networks that connections may come from; none for all.
 *
 * @param ranges of addresses
 */
public record SourceRanges(List<Range> ranges) {
    public static final SourceRanges ALL = new SourceRanges(List.of());

    public SourceRanges {
        ranges = List.copyOf(ranges);
    }

    /** @param length how many leading bits of the address count; the others are 0 */
    public record Range(InetAddress address, int length) {
        boolean holds(InetAddress client) {
            byte[] own = address.getAddress();
            byte[] other = client.getAddress();
            if (own.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** How narrow the network is in which an address is found: of several chains that of the highest is chosen. Below 0: in none. */
    public int strength(InetAddress client) {
        if (ranges.isEmpty()) {
            return 0;
        }
        int strength = -1;
        for (Range range : ranges) {
            if (range.holds(client)) {
                strength = Math.max(strength, range.length() + 1);
            }
        }
        return strength;
    }
}
