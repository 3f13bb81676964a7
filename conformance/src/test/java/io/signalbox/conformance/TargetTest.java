package io.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "reference, reference",
        "envoy, envoy-delta",
        "envoy:sotw, envoy-sotw",
        "envoy@1.36, envoy-1.36.4-delta",
        "envoy@1.38:sotw, envoy-1.38.3-sotw",
        "envoy:1.36.4, envoy-1.36.4-delta",
        "envoy:1.36.4:sotw, envoy-1.36.4-sotw",
        "http://127.0.0.1:10000, 127.0.0.1-10000"
    })
    void isWrittenShort(String text, String name) {
        assertThat(Target.parse(text).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "envoy:",
                "envoy:1.36",
                "envoy@1.35",
                "envoy:latest",
                "envoy:1.36.4:grpc",
                "http://host",
                "https://a:1",
                "http://"
            })
    void refusesOthers(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(text))
                .withMessageContaining("expected");
    }

    @Test
    void twoOfAKindDoNotShareAControlPlane() {
        List<Target> targets = Stream.of("envoy", "envoy:1.36.4", "reference", "http://h:1", "reference")
                .map(Target::parse)
                .toList();

        List<List<String>> groups = Runner.groups(targets).stream()
                .map(group -> group.stream().map(Target::name).toList())
                .toList();

        assertThat(groups)
                .containsExactly(
                        List.of("envoy-delta", "reference"),
                        List.of("envoy-1.36.4-delta", "reference"),
                        List.of("h-1"));
    }
}
