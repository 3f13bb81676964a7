package io.signalbox.routing;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The virtual host for an authority: an exact domain, else the longest {@code *suffix}, else the longest {@code
 * prefix*}, else {@code *}. The star stands for one character at least. Whoever is chosen decides alone.
 */
record VirtualHosts(
        Map<String, VirtualHost> exact,
        List<Wildcards> suffixes,
        List<Wildcards> prefixes,
        Optional<VirtualHost> fallback,
        boolean ignorePort) {

    /** Wildcard domains, without their star, of one length. */
    record Wildcards(int length, Map<String, VirtualHost> hosts) {}

    VirtualHosts {
        exact = Map.copyOf(exact);
        suffixes = List.copyOf(suffixes);
        prefixes = List.copyOf(prefixes);
    }

    @Nullable
    VirtualHost find(String authority) {
        String host = Ascii.lower(ignorePort ? withoutPort(authority) : authority);
        VirtualHost found = exact.get(host);
        for (int i = 0; found == null && i < suffixes.size(); i++) {
            Wildcards wildcards = suffixes.get(i);
            if (wildcards.length < host.length()) {
                found = wildcards.hosts.get(host.substring(host.length() - wildcards.length));
            }
        }
        for (int i = 0; found == null && i < prefixes.size(); i++) {
            Wildcards wildcards = prefixes.get(i);
            if (wildcards.length < host.length()) {
                found = wildcards.hosts.get(host.substring(0, wildcards.length));
            }
        }
        return found == null ? fallback.orElse(null) : found;
    }

    /** The one for whoever names none. */
    @Nullable
    VirtualHost findUnnamed() {
        boolean alone = exact.isEmpty() && suffixes.isEmpty() && prefixes.isEmpty();
        return alone ? fallback.orElse(null) : null;
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        // A colon before the bracket belongs to an IPv6 address.
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    static final class Builder {
        private final Map<String, VirtualHost> exact = new HashMap<>();
        private final Map<Integer, Map<String, VirtualHost>> suffixes = new TreeMap<>(Comparator.reverseOrder());
        private final Map<Integer, Map<String, VirtualHost>> prefixes = new TreeMap<>(Comparator.reverseOrder());
        private Optional<VirtualHost> fallback = Optional.empty();

        /** False when the domain is taken. */
        boolean add(String domain, VirtualHost host) {
            String wire = Ascii.lower(Ascii.wire(domain));
            if (wire.equals("*")) {
                boolean free = fallback.isEmpty();
                fallback = Optional.of(host);
                return free;
            }
            int length = wire.length() - 1;
            if (wire.startsWith("*")) {
                return add(suffixes, wire.substring(1), host);
            }
            return wire.endsWith("*")
                    ? add(prefixes, wire.substring(0, length), host)
                    : exact.putIfAbsent(wire, host) == null;
        }

        private static boolean add(Map<Integer, Map<String, VirtualHost>> wildcards, String part, VirtualHost host) {
            return wildcards
                            .computeIfAbsent(part.length(), length -> new HashMap<>())
                            .putIfAbsent(part, host)
                    == null;
        }

        VirtualHosts build(boolean ignorePort) {
            return new VirtualHosts(exact, wildcards(suffixes), wildcards(prefixes), fallback, ignorePort);
        }

        private static List<Wildcards> wildcards(Map<Integer, Map<String, VirtualHost>> longestFirst) {
            return longestFirst.entrySet().stream()
                    .map(entry -> new Wildcards(entry.getKey(), Map.copyOf(entry.getValue())))
                    .toList();
        }
    }
}
