package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.conformance.CaseFiles;
import io.signalbox.conformance.CaseResult;
import io.signalbox.conformance.ConformanceCase;
import io.signalbox.conformance.Runner;
import io.signalbox.conformance.Target;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every conformance case on the newest Envoy, on the oldest supported one and on the Java data plane; with {@code
 * -Dsignalbox.conformance.releases=all} on every supported release, state of the world and delta.
 */
class ConformanceTest {
    private static final List<Target> TARGETS =
            System.getProperty("signalbox.conformance.releases", "").equals("all")
                    ? Target.everyRelease()
                    : Stream.of("envoy:1.40.0:delta", "envoy:1.36.4:sotw", "reference")
                            .map(Target::parse)
                            .toList();

    /** The one case that is meant to fail. */
    private static final String CHECK = "checks/meant-to-differ";

    private static List<CaseResult> results = List.of();
    private static int cases;

    @BeforeAll
    static void run() throws Exception {
        List<ConformanceCase> all = new ArrayList<>(CaseFiles.shipped());
        URL own = Objects.requireNonNull(ConformanceTest.class.getResource("/cases"));
        all.addAll(CaseFiles.in(Path.of(own.toURI())));
        cases = all.size();
        results = new Runner(all, Optional.empty()).run(TARGETS, result -> {});
    }

    @Test
    void everyCaseRanOnEveryTarget() {
        assertThat(results).hasSize(cases * TARGETS.size());
        assertThat(results)
                .extracting(CaseResult::target)
                .contains("envoy-1.40.0-delta", "envoy-1.36.4-sotw", "reference");
    }

    @Test
    void whatDiffersIsFound() {
        assertThat(results)
                .filteredOn(result -> result.testCase().path().equals(CHECK))
                .hasSize(TARGETS.size())
                .allSatisfy(result -> assertThat(result.differences())
                        .containsExactly(
                                "GET /one: answered by: one (expected: pool two)",
                                "GET /other: status: 404 (expected: 200)",
                                "GET /other: answered by: the proxy itself (expected: pool one)",
                                "GET /one: share of one: 100.0 % (expected: 50.0 % ± 10.0)",
                                "GET /one: share of two: 0.0 % (expected: 50.0 % ± 10.0)"));
    }

    @TestFactory
    Stream<DynamicTest> conforms() {
        return results.stream()
                .filter(result -> !result.testCase().path().equals(CHECK))
                .map(result -> DynamicTest.dynamicTest(
                        result.testCase().path() + " on " + result.target(),
                        () -> assertThat(result.differences())
                                .as(result.testCase().title())
                                .isEmpty()));
    }
}
