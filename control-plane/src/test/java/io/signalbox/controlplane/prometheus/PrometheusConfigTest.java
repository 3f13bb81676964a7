package io.signalbox.controlplane.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrometheusConfigTest {
    private static PrometheusConfig config(String url, int seconds) {
        return new PrometheusConfig(URI.create(url), Credentials.NONE, Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prometheus:9090",
                "ftp://prometheus",
                "http:///path",
                "/path",
                "https://user:hush@prometheus",
                "https://prometheus?key=hush",
                "https://prometheus#hush"
            })
    void refusesWhatIsNoRootOfAnApiWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> config(url, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("url (expected: an http or https URL with a host; no user, query or fragment)");
    }

    @Test
    void refusesToWaitTooLong() {
        assertThat(config("http://prometheus:9090", 30).queries()).hasToString("http://prometheus:9090/api/v1/query");
        assertThatThrownBy(() -> config("http://prometheus:9090", 31))
                .hasMessage("timeoutSeconds 31 (expected: 1 to 30)");
        assertThatThrownBy(() -> config("http://prometheus:9090", 0))
                .hasMessage("timeoutSeconds 0 (expected: 1 to 30)");
    }
}
