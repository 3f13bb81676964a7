package io.signalbox.controlplane.xds.resource;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * By what a layer divides the hashes of its visitors: a prime of its own, from a hundred million up.
 *
 * <p>The layer's name in the hash is not enough. Envoy joins the parts of a hash by exclusive or, so the hashes of two layers
 * differ in the same bits for every visitor, and divided by the same number they stay alike for some pairs of names: of 80,000
 * pairs of 50/50 experiments the worst had a correlation of 0.16. Divided by two primes, what is left over of one says nothing
 * about the other.
 */
final class LayerPrime {
    private static final int LEAST = 100_000_000;

    private LayerPrime() {}

    static int of(String layer) {
        long hash = Hashing.sha256().hashString(layer, StandardCharsets.UTF_8).asLong();
        int number = LEAST + (int) Long.remainderUnsigned(hash, LEAST) | 1;
        while (!isPrime(number)) {
            number += 2;
        }
        return number;
    }

    private static boolean isPrime(int odd) {
        for (int divisor = 3; divisor <= odd / divisor; divisor += 2) {
            if (odd % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
