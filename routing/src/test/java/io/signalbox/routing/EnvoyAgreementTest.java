package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
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
    private final List<AgreementCase> cases = Stream.of(
                    MatchCases.all(), RepeatedHeaderCases.all(), MatcherTreeCases.all(), ActionCases.all())
            .flatMap(List::stream)
            .toList();
    private RealEnvoy envoy;

    @BeforeAll
    void start() throws Exception {
        envoy = RealEnvoy.serving(
                cases.stream().map(AgreementCase::configuration).toList());
    }

    @AfterAll
    void stop() throws Exception {
        envoy.close();
    }

    @TestFactory
    Stream<DynamicTest> decidesAsEnvoyDoes() {
        return cases.stream()
                .map(oneCase -> DynamicTest.dynamicTest(oneCase.name(), () -> agree(oneCase, cases.indexOf(oneCase))));
    }

    private void agree(AgreementCase oneCase, int index) throws Exception {
        RouteConfiguration configuration = oneCase.configuration();
        RouteTable table = RouteTable.parse(configuration);
        List<String> differences = new ArrayList<>();
        for (Request request : oneCase.requests()) {
            Answer expected = envoy.ask(index, request);
            Answer actual = Answer.of(table.decide(request, () -> 0), request);
            if (!actual.equals(expected)) {
                differences.add(request.wire() + "Envoy: " + expected + "\nlibrary: " + actual);
            }
        }
        assertThat(differences).as(oneCase.name()).isEmpty();
    }
}
