package io.signalbox.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTrustTest {
    @ParameterizedTest
    @CsvSource({
        "a.example.com, a.example.com, true",
        "a.example.com, A.Example.com, true",
        "a.example.com, b.example.com, false",
        "*.example.com, a.example.com, true",
        "*.example.com, a.b.example.com, false",
        "*.example.com, example.com, false",
        "a*.example.com, abc.example.com, true",
        "a*b.example.com, ab.example.com, true",
        "a*b.example.com, a.example.com, false",
        "*.example.com, xn--a.example.com, false",
        "a.*.com, a.b.com, false",
        "*, a, false"
    })
    void aStarStandsForPartOfTheFirstLabel(String pattern, String name, boolean fits) {
        assertThat(PeerTrust.fits(pattern, name)).isEqualTo(fits);
    }
}
