package io.signalbox.controlplane.model;

import java.util.List;

/**
 * Who may say where a request comes from.
 *
 * @param hops how many proxies in front, each of which appends to {@code x-forwarded-for}, are believed: the client is
 *     the address that the outermost of them appended, and {@code x-forwarded-proto} counts
 * @param networks CIDR ranges. Only what connects from one of them is believed; empty for whatever connects, as far as
 *     hops are concerned
 * @param headers lower-case names. From anyone outside the networks they are removed before routing
 */
public record Trust(int hops, List<String> networks, List<String> headers) {
    public Trust {
        networks = List.copyOf(networks);
        headers = List.copyOf(headers);
    }
}
