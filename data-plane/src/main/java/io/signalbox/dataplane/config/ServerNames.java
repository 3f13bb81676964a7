package io.signalbox.dataplane.config;

import java.util.List;

/**
 * Names that clients ask for in the TLS handshake (SNI, RFC 6066); none for all clients.
 *
 * @param names lower case: exact, or {@code *.} and what comes after the first labels, however many
 */
public record ServerNames(List<String> names) {
    public static final ServerNames ALL = new ServerNames(List.of());

    public ServerNames {
        names = List.copyOf(names);
    }

    /**
     * How well a name fits: of several chains that of the highest is chosen, and no other one after it. Below 0: not at
     * all.
     *
     * @param serverName lower case; empty for none
     */
    public int strength(String serverName) {
        if (names.isEmpty()) {
            return 0;
        }
        int strength = -1;
        for (String name : names) {
            if (name.equals(serverName)) {
                return Integer.MAX_VALUE;
            }
            if (name.startsWith("*.") && serverName.endsWith(name.substring(1))) {
                strength = Math.max(strength, name.length());
            }
        }
        return strength;
    }
}
