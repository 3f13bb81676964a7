package io.signalbox.controlplane.validation;

import java.net.InetAddress;
import java.util.Optional;

/** CIDR ranges as users write them. */
final class Networks {
    static final String EXPECTED = "an IPv4 or IPv6 network, as 10.0.0.0/8";

    /** Different spellings of one network give equal ones. */
    record Network(InetAddress address, int length) {}

    private Networks() {}

    /**
     * Empty also for an address that has bits beyond the length: whoever writes {@code 10.0.0.1/8} may have meant one
     * address.
     */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : IpAddresses.parse(text.substring(0, slash))
                        .map(address -> new Network(address, Integer.parseInt(text.substring(slash + 1))))
                        .filter(Networks::isWhole);
    }

    private static boolean isWhole(Network network) {
        byte[] bytes = network.address.getAddress();
        if (network.length > bytes.length * 8) {
            return false;
        }
        for (int bit = network.length; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return false;
            }
        }
        return true;
    }
}
