package io.signalbox.routing;

import io.signalbox.testkit.SeededDice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Asks a real Envoy and the library the same questions. Where they differ, Envoy is right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvoyAgreementTest {
    private static final int RANDOM_CONFIGURATIONS = 200;
    private static final int REQUESTS_EACH = 40;

    private Agreement byHand;
    private Agreement byChance;

    @BeforeAll
    void start() throws Exception {
        byHand = Agreement.on(Stream.of(
                        MatchCases.all(),
                        RepeatedHeaderCases.all(),
                        MatcherTreeCases.all(),
                        ActionCases.all(),
                        TemplateCases.all(),
                        HashCases.all())
                .flatMap(List::stream)
                .toList());
        byChance = Agreement.on(new RandomCases(SeededDice.roll()).take(RANDOM_CONFIGURATIONS, REQUESTS_EACH));
    }

    @AfterAll
    void stop() throws Exception {
        byHand.close();
        byChance.close();
    }

    @TestFactory
    Stream<DynamicTest> decidesTheKnownTrapsAsEnvoyDoes() {
        return byHand.tests();
    }

    @TestFactory
    Stream<DynamicTest> decidesRandomConfigurationsAsEnvoyDoes() {
        return byChance.tests();
    }
}
