package io.signalbox.routing;

/** Addresses in Envoy's notation: {@code 10.0.0.1:80}, {@code [::1]:80}. */
final class Addresses {
    private Addresses() {}

    /** {@code 10.0.0.1}, {@code ::1}. */
    static String withoutPort(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return address;
        }
        return address.startsWith("[") ? address.substring(1, colon - 1) : address.substring(0, colon);
    }

    static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }
}
