package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class LayerPrimeTest {
    @Test
    void everyLayerHasAPrimeOfNineDigits() {
        for (int i = 0; i < 1000; i++) {
            int prime = LayerPrime.of("layer-" + i);
            assertThat(prime).isBetween(100_000_000, 200_001_000);
            assertThat(BigInteger.valueOf(prime).isProbablePrime(50))
                    .as("%d", prime)
                    .isTrue();
        }
    }

    /** Another one would move all users of all experiments. */
    @Test
    void itStaysTheSame() {
        assertThat(LayerPrime.of("checkout-ui")).isEqualTo(126_182_657);
        assertThat(LayerPrime.of("search-ui")).isEqualTo(176_652_293);
    }
}
