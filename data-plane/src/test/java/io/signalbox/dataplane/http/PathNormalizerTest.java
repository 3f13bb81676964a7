package io.signalbox.dataplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.routing.PathNormalizer;
import io.signalbox.routing.PathNormalizer.Normalized;
import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.PathPolicy.EscapedSlashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PathNormalizerTest {
    private static final PathPolicy ALL = new PathPolicy(true, true, EscapedSlashes.UNESCAPE_AND_REDIRECT);

    @ParameterizedTest
    @MethodSource("io.signalbox.dataplane.http.PathTable#rows")
    void normalizesAsEnvoy(PathTable.Row row) {
        assertThat(normalize(row.path(), ALL)).isEqualTo(row.result());
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP, /a%2fb%5Cc, /a%2fb%5Cc",
        "REJECT, /a%2fb, 400",
        "REJECT, /a?%2f, /a?%2f",
        "UNESCAPE_AND_FORWARD, /a%2fb%5Cc//d, /a/b\\c//d",
        "UNESCAPE_AND_REDIRECT, /a%2f../b, -> /a/../b"
    })
    void handlesEscapedSlashesByThemselves(EscapedSlashes action, String path, String expected) {
        assertThat(normalize(path, new PathPolicy(false, false, action))).isEqualTo(expected);
    }

    @Test
    void mergesSlashesWithoutNormalizing() {
        assertThat(normalize("/b/a%2fb//c/../d", new PathPolicy(false, true, EscapedSlashes.KEEP)))
                .isEqualTo("/b/a%2fb/c/../d");
    }

    @Test
    void leavesPathsAloneWhenNothingIsAskedFor() {
        assertThat(normalize("/b//%2e%2e/%00", new PathPolicy(false, false, EscapedSlashes.KEEP)))
                .isEqualTo("/b//%2e%2e/%00");
    }

    private static String normalize(String path, PathPolicy policy) {
        Normalized normalized = PathNormalizer.normalize(path, policy);
        if (normalized instanceof Normalized.Path same) {
            return same.path();
        }
        return normalized instanceof Normalized.Redirect redirect ? "-> " + redirect.path() : "400";
    }
}
