package io.signalbox.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line was asked of Envoy 1.36 and 1.40, with compressors for gzip, Brotli and Zstandard in this order. */
class AcceptEncodingTest {
    private static final List<String> OFFERED = List.of("gzip", "br", "zstd");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, br, zstd | gzip",
                "zstd, br, gzip | zstd",
                "br;q=0.5, zstd;q=0.8, gzip;q=0.8 | zstd",
                "* | gzip",
                "gzip;q=0, * | br",
                "br, * | br",
                "*;q=0.2, br;q=0.1 | gzip",
                "*;q=0, gzip | gzip",
                "*;q=0 | none",
                "*, gzip;q=0 | br",
                "gzip, gzip;q=0, br | br",
                "br;q=0, br | none",
                "identity;q=0 | none",
                "identity, br | none",
                "identity;q=0.5, br;q=0.5 | none",
                "br;q=1e0 | br",
                "br;q=.5 | br",
                "br;q= | none",
                "br;q=0.5x | none",
                "br;q=1d | none",
                "br;q=nan, gzip | gzip",
                "br;x=1 | br",
                "BR | none"
            })
    void theFirstOfTheMostWanted(String header, String chosen) {
        assertThat(AcceptEncoding.choose(header, OFFERED, Set.of()).orElse("none"))
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, br, zstd | br",
                "br, gzip | br",
                "zstd, gzip | zstd",
                "br;q=0.5, gzip | gzip",
                "identity, br | br",
                "*, br | br",
                "br;q=0, * | gzip",
                "br;q=0 | none"
            })
    void oneOfThemGoesFirstWhereNothingElseDecides(String header, String chosen) {
        assertThat(AcceptEncoding.choose(header, OFFERED, Set.of("br")).orElse("none"))
                .isEqualTo(chosen);
    }

    @Test
    void withoutAPreferenceNothingIsCompressed() {
        assertThat(AcceptEncoding.choose(null, OFFERED, Set.of())).isEmpty();
        assertThat(AcceptEncoding.choose("", OFFERED, Set.of())).isEmpty();
    }
}
