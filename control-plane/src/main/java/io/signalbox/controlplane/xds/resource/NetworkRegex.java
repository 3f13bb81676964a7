package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An expression for the addresses of some networks, written as Envoy writes addresses: IPv4 in decimal, IPv6 in lower
 * case with {@code ::} in place of a longest run of groups that are 0 (RFC 5952, section 4).
 */
final class NetworkRegex {
    private static final int GROUPS = 8;
    private static final String DIGIT = "[0-9a-f]";
    private static final String GROUP = DIGIT + "{1,4}";

    private NetworkRegex() {}

    /** @param networks without bits behind their prefixes */
    static String of(List<Network> networks) {
        return networks.stream()
                .map(network -> network.isIpv4() ? ipv4(network) : ipv6(network))
                .collect(Collectors.joining("|"));
    }

    private static String ipv4(Network network) {
        return IntStream.range(0, 4)
                .mapToObj(i -> decimal(network.parts()[i], free(network, i, 8)))
                .collect(Collectors.joining("\\."));
    }

    /** How many of the last bits of a part are no part of the prefix. */
    private static int free(Network network, int part, int bits) {
        return Math.max(0, Math.min(bits, (part + 1) * bits - network.prefixLength()));
    }

    private static String decimal(int first, int free) {
        if (free == 8) {
            return "[0-9]{1,3}";
        }
        String numbers = IntStream.range(first, first + (1 << free))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("|"));
        return free == 0 ? numbers : "(?:" + numbers + ")";
    }

    private static String ipv6(Network network) {
        int known = (network.prefixLength() + 15) / 16;
        List<String> groups = IntStream.range(0, known)
                .mapToObj(i -> hexadecimal(network.parts()[i], free(network, i, 16)))
                .toList();
        List<String> ways = new ArrayList<>();
        ways.add(writtenOut(groups));
        for (int from = 0; from < known; from++) {
            abbreviated(network, groups, from, ways);
        }
        return "(?:" + String.join("|", ways) + ")";
    }

    /** {@code ::} stands behind all known groups, or nowhere. */
    private static String writtenOut(List<String> groups) {
        if (groups.isEmpty()) {
            return ".*:.*";
        }
        return String.join(":", groups) + (groups.size() == GROUPS ? "" : ":.*");
    }

    /** {@code ::} stands for the groups from one of the known ones on, as far as they can be 0. */
    private static void abbreviated(Network network, List<String> groups, int from, List<String> ways) {
        int known = groups.size();
        String before = String.join(":", groups.subList(0, from)) + "::";
        for (int to = from + 2; to <= GROUPS; to++) {
            if (!isZero(network, from, Math.min(to, known))) {
                return;
            } else if (to >= known) {
                // Whatever else it stands for, so many groups at most are left.
                ways.add(before + upTo(GROUPS - to) + (from == 0 && known < 6 ? "|::(?:ffff:)?[0-9.]+" : ""));
                return;
            }
            ways.add(before + String.join(":", groups.subList(to, known)) + (":" + GROUP).repeat(GROUPS - known));
        }
    }

    private static boolean isZero(Network network, int from, int to) {
        return IntStream.range(from, to).allMatch(i -> network.parts()[i] == 0);
    }

    private static String upTo(int groups) {
        return groups == 0 ? "" : "(?:" + GROUP + "(?::" + GROUP + "){0," + (groups - 1) + "})?";
    }

    /** The numbers of 16 bits that differ from the first one in the last bits only, without leading zeros. */
    private static String hexadecimal(int first, int free) {
        int freeDigits = free / 4;
        int low = first >> (4 * freeDigits) & 15;
        int high = low + (1 << free % 4) - 1;
        int fixed = first >> (4 * freeDigits) >> 4;
        String start = fixed == 0 ? "" : Integer.toHexString(fixed);
        List<String> ways = new ArrayList<>();
        if (fixed == 0 && low == 0) {
            ways.add(freeDigits == 0 ? "0" : DIGIT + "{1," + freeDigits + "}");
            low = 1;
        }
        if (low <= high) {
            String digits = IntStream.rangeClosed(low, high)
                    .mapToObj(Integer::toHexString)
                    .collect(Collectors.joining());
            ways.add(start + "[" + digits + "]" + (freeDigits == 0 ? "" : DIGIT + "{" + freeDigits + "}"));
        }
        return ways.size() == 1 ? ways.get(0) : "(?:" + String.join("|", ways) + ")";
    }
}
