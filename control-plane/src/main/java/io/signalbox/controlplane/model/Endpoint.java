package io.signalbox.controlplane.model;

/**
 * One server of a pool.
 *
 * @param address an IPv4 or IPv6 address, or a host name, which proxies look up
 * @param port 1 to 65535
 * @param weight its share of the pool's traffic against the other endpoints' weights; 1 to 128
 * @param priority 0 is asked first; the next one takes over as far as there are too few healthy endpoints; up to 15
 * @param drain whether it gets no new requests; those under way end
 * @param labels what routes may choose it by
 */
public record Endpoint(
        String address, int port, int weight, int priority, boolean drain, Locality locality, Labels labels) {
    /** Nowhere in particular, and without labels. */
    public Endpoint(String address, int port, int weight, int priority, boolean drain) {
        this(address, port, weight, priority, drain, Locality.NONE, Labels.NONE);
    }

    /** All else as usual. */
    public Endpoint(String address, int port, int weight) {
        this(address, port, weight, 0, false);
    }

    /** Host names have a letter other than a hexadecimal digit, or a part that cannot be one of an address. */
    public boolean hasHostName() {
        return address.indexOf(':') < 0 && !address.matches("[0-9.]*");
    }
}
