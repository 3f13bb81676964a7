package io.signalbox.dataplane.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.config.ClusterConfig.Discovery.StrictDns;
import io.signalbox.dataplane.config.ClusterConfig.Family;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LookupsTest {
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final Map<String, Consumer<List<InetAddress>>> asked = new HashMap<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<String> changes = new ArrayList<>();
    private final Lookups lookups = new Lookups(
            asked::put,
            (delay, task) -> {
                assertThat(delay).isEqualTo(REFRESH);
                timers.add(task);
            },
            () -> changes.add("changed"));

    private static StrictDns dns(Family family, String... hosts) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : hosts) {
            endpoints.add(new Endpoint(InetSocketAddress.createUnresolved(host, 80), 2, 1, true));
        }
        return new StrictDns(new EndpointsConfig(endpoints), family, REFRESH);
    }

    private void answer(String host, String... addresses) throws Exception {
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            found.add(InetAddress.getByName(address));
        }
        Objects.requireNonNull(asked.remove(host)).accept(found);
    }

    private List<String> found(StrictDns dns) {
        return lookups.find(dns).orElseThrow().endpoints().stream()
                .map(e -> e.address().getAddress().getHostAddress() + " " + e.weight() + " " + e.priority())
                .toList();
    }

    @Test
    void waitsForTheFirstAnswerOfEachName() throws Exception {
        StrictDns dns = dns(Family.V4_PREFERRED, "a", "b");
        lookups.follow(Set.of(dns));
        answer("a", "10.0.0.1", "10.0.0.2");
        assertThat(lookups.find(dns)).isEmpty();
        answer("b");
        assertThat(found(dns)).containsExactly("10.0.0.1 2 1", "10.0.0.2 2 1");
        assertThat(changes).hasSize(1);
    }

    @Test
    void looksUpAgainAndTellsOnlyOfChanges() throws Exception {
        StrictDns dns = dns(Family.ALL, "a");
        lookups.follow(Set.of(dns));
        answer("a", "10.0.0.1");
        timers.remove().run();
        answer("a", "10.0.0.1");
        assertThat(changes).hasSize(1);
        timers.remove().run();
        answer("a");
        assertThat(found(dns)).containsExactly("10.0.0.1 2 1");
        timers.remove().run();
        answer("a", "10.0.0.9");
        assertThat(found(dns)).containsExactly("10.0.0.9 2 1");
        assertThat(changes).hasSize(2);
    }

    @Test
    void picksTheFamily() throws Exception {
        Map<Family, Integer> expected = Map.of(
                Family.ALL, 3, Family.V4_ONLY, 2, Family.V4_PREFERRED, 2, Family.V6_ONLY, 1, Family.V6_PREFERRED, 1);
        for (Map.Entry<Family, Integer> each : expected.entrySet()) {
            StrictDns dns = dns(each.getKey(), "a");
            lookups.follow(Set.of(dns));
            answer("a", "10.0.0.1", "::1", "10.0.0.2");
            assertThat(found(dns)).hasSize(each.getValue());
        }
    }

    @Test
    void whatNobodyWantsIsNotLookedUpAgain() throws Exception {
        StrictDns dns = dns(Family.ALL, "a");
        lookups.follow(Set.of(dns));
        answer("a", "10.0.0.1");
        lookups.follow(Set.of());
        timers.remove().run();
        assertThat(asked).isEmpty();
        assertThat(lookups.find(dns)).isEmpty();
    }
}
