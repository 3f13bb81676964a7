package io.signalbox.controlplane.validation;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;

/** IP addresses as users write them. Nothing is ever looked up. */
final class IpAddresses {
    static final String EXPECTED = "an IPv4 or IPv6 address";

    private IpAddresses() {}

    /** Different spellings of one address give equal results. */
    static Optional<InetAddress> parse(String text) {
        // InetAddresses also takes digits of other scripts and scopes (fe80::1%eth0); Envoy and we do not.
        boolean plain = CharMatcher.ascii().matchesAllOf(text) && text.indexOf('%') < 0;
        return plain && InetAddresses.isInetAddress(text)
                ? Optional.of(InetAddresses.forString(text))
                : Optional.empty();
    }
}
