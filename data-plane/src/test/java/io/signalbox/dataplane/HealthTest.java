package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.local.EchoBackend;
import io.signalbox.local.FreePorts;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which endpoints get requests when some are not well, on this data plane and on Envoy. */
class HealthTest {
    private static final String PROBES =
            "health_checks: [{interval: 0.05s, no_traffic_interval: 0.05s, timeout: 1s, healthy_threshold: 1,"
                    + " unhealthy_threshold: 2, %s}]";
    private static final String NO_PANIC = ", common_lb_config: {healthy_panic_threshold: {value: 0}}";
    private static final String OUTLIERS =
            "outlier_detection: {consecutive_5xx: 3, enforcing_success_rate: 0, interval: 0.1s, base_ejection_time: %s,"
                    + " max_ejection_percent: %d}";

    /** Who answers, as status or as the name of a backend. */
    private static Set<String> answers(Plane.Running proxy, int requests) throws IOException {
        Set<String> answers = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            RawResponse response = proxy.get("/");
            answers.add(response.status() == 200 ? response.backend().orElse("") : "" + response.status());
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource
    void anEndpointWhoseProbesFailGetsNothing(Plane plane) throws Exception {
        String http = PROBES.formatted("http_health_check: {path: /healthz}");
        try (EchoBackend a = EchoBackend.start("a");
                EchoBackend b = EchoBackend.start("b");
                Plane.Running proxy = plane.start(Plane.bootstrap(http + NO_PANIC, a.port(), b.port()))) {
            await().until(() -> answers(proxy, 10).equals(Set.of("a", "b")));
            b.fail(1, 500);
            await().until(() -> answers(proxy, 10).equals(Set.of("a")));
            b.fail(0, 200);
            await().until(() -> answers(proxy, 10).equals(Set.of("a", "b")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPortThatDoesNotListenFailsAProbeByTcp(Plane plane) throws Exception {
        String tcp = PROBES.formatted("tcp_health_check: {}");
        try (EchoBackend a = EchoBackend.start("a");
                Plane.Running proxy = plane.start(Plane.bootstrap(tcp + NO_PANIC, a.port(), FreePorts.next()))) {
            await().until(() -> answers(proxy, 10).equals(Set.of("a")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTooFewHealthyHealthIsIgnoredUnlessPanicIsOff(Plane plane) throws Exception {
        String tcp = PROBES.formatted("tcp_health_check: {}");
        int dead = FreePorts.next();
        try (EchoBackend a = EchoBackend.start("a");
                Plane.Running proxy = plane.start(Plane.bootstrap(tcp, a.port(), dead, FreePorts.next()))) {
            await().until(() -> answers(proxy, 10).equals(Set.of("a", "503")));
        }
        try (Plane.Running proxy = plane.start(Plane.bootstrap(tcp + NO_PANIC, dead))) {
            await().until(() -> proxy.get("/").text().equals("no healthy upstream"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutlierIsLeftOutAndComesBack(Plane plane) throws Exception {
        try (EchoBackend a = EchoBackend.start("a");
                EchoBackend b = EchoBackend.start("b");
                Plane.Running proxy =
                        plane.start(Plane.bootstrap(OUTLIERS.formatted("0.5s", 50), a.port(), b.port()))) {
            b.fail(1, 500);
            await().until(() -> answers(proxy, 10).equals(Set.of("a")));
            b.fail(0, 200);
            await().until(() -> answers(proxy, 10).equals(Set.of("a", "b")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noMoreAreLeftOutThanMay(Plane plane) throws Exception {
        try (EchoBackend a = EchoBackend.start("a");
                EchoBackend b = EchoBackend.start("b");
                Plane.Running proxy = plane.start(Plane.bootstrap(OUTLIERS.formatted("60s", 49), a.port(), b.port()))) {
            b.fail(1, 500);
            assertThat(answers(proxy, 20)).containsExactly("500", "a");
            assertThat(answers(proxy, 20)).containsExactly("500", "a");
        }
    }
}
