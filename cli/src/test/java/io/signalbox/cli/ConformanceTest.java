package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.conformance.CaseFiles;
import io.signalbox.conformance.CaseResult;
import io.signalbox.conformance.ConformanceCase;
import io.signalbox.conformance.Runner;
import io.signalbox.conformance.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every conformance case on the newest Envoy, on the oldest supported one and on the Java data plane. */
class ConformanceTest {
    private static final List<Target> TARGETS = Stream.of("envoy:1.40.0:delta", "envoy:1.36.4:sotw", "reference")
            .map(Target::parse)
            .toList();

    private static List<ConformanceCase> cases = List.of();
    private static List<CaseResult> results = List.of();

    @BeforeAll
    static void run() throws Exception {
        cases = CaseFiles.shipped();
        results = new Runner(cases, Optional.empty()).run(TARGETS, result -> {});
    }

    @Test
    void everyCaseRanOnEveryTarget() {
        assertThat(results).hasSize(cases.size() * TARGETS.size());
        assertThat(results)
                .extracting(CaseResult::target)
                .contains("envoy-1.40.0-delta", "envoy-1.36.4-sotw", "reference");
    }

    @TestFactory
    Stream<DynamicTest> conforms() {
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.testCase().path() + " on " + result.target(),
                        () -> assertThat(result.differences())
                                .as(result.testCase().title())
                                .isEmpty()));
    }
}
