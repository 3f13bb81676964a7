package io.signalbox.dataplane.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.Optional;

/** The address that this machine gives as its own where it makes requests in its own name. Envoy: {@code local_info}. */
final class OwnAddress {
    private static final String LOOPBACK = "127.0.0.1";

    /** Asked once, as in Envoy. */
    static final String TEXT = find().orElse(LOOPBACK);

    private OwnAddress() {}

    /** The first one that others can reach. */
    private static Optional<String> find() {
        try {
            return NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .findFirst()
                    .map(InetAddress::getHostAddress);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
