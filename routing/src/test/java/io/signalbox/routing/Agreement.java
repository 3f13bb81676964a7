package io.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Cases, and an Envoy that serves them all. */
record Agreement(List<AgreementCase> cases, RealEnvoy envoy) implements AutoCloseable {
    static Agreement on(List<AgreementCase> cases) throws Exception {
        return new Agreement(
                cases,
                RealEnvoy.serving(
                        cases.stream().map(AgreementCase::configuration).toList()));
    }

    Stream<DynamicTest> tests() {
        return IntStream.range(0, cases.size())
                .mapToObj(i -> DynamicTest.dynamicTest(cases.get(i).name(), () -> check(i)));
    }

    private void check(int index) throws Exception {
        AgreementCase agreed = cases.get(index);
        RouteTable table = RouteTable.parse(agreed.configuration());
        List<String> differences = new ArrayList<>();
        for (Request request : agreed.requests()) {
            Answer expected = envoy.ask(index, request);
            Answer actual = Answer.of(table.decide(request, () -> 0), request);
            if (!actual.equals(expected)) {
                differences.add(request.wire() + "Envoy: " + expected + "\nlibrary: " + actual);
            }
        }
        assertThat(differences)
                .as("%s%n%s", agreed.name(), agreed.configuration())
                .isEmpty();
    }

    @Override
    public void close() throws Exception {
        envoy.close();
    }
}
