package io.signalbox.controlplane.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class LayerPrimeTest {
    @Test
    void everyLayerHasAPrimeOfTenDigits() {
        for (int i = 0; i < 1000; i++) {
            int prime = LayerPrime.of("layer-" + i);
            assertThat(prime).isBetween(1_000_000_000, 2_000_001_000);
            assertThat(BigInteger.valueOf(prime).isProbablePrime(50))
                    .as("%d", prime)
                    .isTrue();
        }
    }

    /** Another one would move all users of all experiments. */
    @Test
    void itStaysTheSame() {
        assertThat(LayerPrime.of("checkout-ui")).isEqualTo(1_926_182_651);
        assertThat(LayerPrime.of("search-ui")).isEqualTo(1_476_652_291);
    }
}
