package io.signalbox.routing.balance;

/**
 * A host as the hash tables see it.
 *
 * @param key what is hashed, as bytes of the wire: the text {@code hash_key} of the endpoint's metadata {@code envoy.lb}
 *     if it has one, else its host name where the cluster sets {@code use_hostname_for_hashing}, else its address
 *     ({@code 10.0.0.1:80}, {@code [::1]:80}, or the path of a Unix socket)
 * @param weight 1 or more
 */
public record HashedHost(String key, int weight) {
    public HashedHost {
        if (weight < 1) {
            throw new IllegalArgumentException("weight " + weight + " (expected: 1 or more)");
        }
    }
}
