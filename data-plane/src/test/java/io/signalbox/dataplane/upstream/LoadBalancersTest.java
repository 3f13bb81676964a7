package io.signalbox.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.ClusterConfig.SlowStart;
import io.signalbox.testkit.FakeClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {
    private static final LoadBalancing LEAST_REQUEST = new LoadBalancing.LeastRequest(2, 1.0);
    private static final LoadBalancing ROUND_ROBIN = new LoadBalancing.RoundRobin();

    private static final Transport TRANSPORT = new Transport(
            new ClusterConfig("c", new ClusterConfig.Discovery.Eds("c"), Duration.ofSeconds(1), ROUND_ROBIN, 50));

    private final List<Host> hosts = new ArrayList<>();
    private final FakeClock clock = new FakeClock(Instant.EPOCH);

    @Test
    void roundRobinTakesTurnsFromARandomStart() {
        LoadBalancer balancer = LoadBalancers.create(ROUND_ROBIN, weights(1, 1, 1), dice(5));

        assertThat(picks(balancer, 7)).containsExactly(2, 0, 1, 2, 0, 1, 2);
    }

    @Test
    void equalWeightsAreNoWeights() {
        LoadBalancer balancer = LoadBalancers.create(ROUND_ROBIN, weights(7, 7), dice(0));

        assertThat(picks(balancer, 4)).containsExactly(0, 1, 0, 1);
    }

    @Test
    void weightedRoundRobinInterleavesByWeight() {
        LoadBalancer balancer = LoadBalancers.create(ROUND_ROBIN, weights(1, 2), dice(0));

        assertThat(picks(balancer, 6)).containsExactly(1, 0, 1, 1, 0, 1);
    }

    @Test
    void weightedRoundRobinGivesEachItsShare() {
        LoadBalancer balancer = LoadBalancers.create(ROUND_ROBIN, weights(1, 2, 7), dice(9));

        int[] counts = new int[3];
        picks(balancer, 1000).forEach(i -> counts[i]++);

        assertThat(counts[0]).isBetween(99, 101);
        assertThat(counts[1]).isBetween(199, 201);
        assertThat(counts[2]).isBetween(699, 701);
    }

    @Test
    void leastRequestTakesTheLessBusyOfTwoDrawn() {
        LoadBalancer balancer = LoadBalancers.create(LEAST_REQUEST, weights(1, 1, 1), dice(0, 1, 0, 0, 2, 1, 1));
        hosts.get(0).requestStarted();
        hosts.get(1).requestStarted();
        hosts.get(1).requestStarted();

        // (1,0) → 0; (0,2) → 2; (1,1) → 1, both draws may be the same host
        assertThat(picks(balancer, 3)).containsExactly(0, 2, 1);
    }

    @Test
    void leastRequestTakesTheFirstDrawnOfEquals() {
        LoadBalancer balancer = LoadBalancers.create(LEAST_REQUEST, weights(1, 1), dice(0, 1, 0, 0, 1));

        assertThat(picks(balancer, 2)).containsExactly(1, 0);
    }

    @Test
    void leastRequestWithWeightsDividesThemByRequestsInFlight() {
        LoadBalancer balancer = LoadBalancers.create(LEAST_REQUEST, weights(1, 2), dice(0));
        IntStream.range(0, 9).forEach(i -> hosts.get(1).requestStarted());

        // The busy one's weight is 2/10 of its own: it still comes up, but seldom.
        int[] counts = new int[2];
        picks(balancer, 600).forEach(i -> counts[i]++);

        assertThat(counts[0]).isBetween(495, 505);
    }

    @Test
    void aNewHostBeginsWithAPartOfItsWeightThatGrowsToTheWhole() {
        LoadBalancing warmsUp =
                new LoadBalancing.RoundRobin(Optional.of(new SlowStart(Duration.ofSeconds(10), 1, 0.25)));
        List<WeightedHost> old = weights(1);
        clock.advance(Duration.ofSeconds(20));
        List<WeightedHost> both = List.of(old.get(0), weights(1).get(0));

        assertThat(sharesOfTheSecond(warmsUp, both)).isBetween(199, 201); // 1 : 0.25
        clock.advance(Duration.ofSeconds(5));
        assertThat(sharesOfTheSecond(warmsUp, both)).isBetween(332, 334); // 1 : 0.5
        clock.advance(Duration.ofSeconds(5));
        assertThat(sharesOfTheSecond(warmsUp, both)).isEqualTo(500);
    }

    @Test
    void aggressionBendsHowTheWeightGrows() {
        SlowStart fast = new SlowStart(Duration.ofSeconds(100), 2, 0);
        assertThat(fast.part(Duration.ofSeconds(25))).isEqualTo(0.5);
        assertThat(new SlowStart(Duration.ofSeconds(100), 0.5, 0).part(Duration.ofSeconds(50)))
                .isEqualTo(0.25);
        assertThat(new SlowStart(Duration.ofSeconds(100), 1, 0.1).part(Duration.ZERO))
                .isEqualTo(0.1);
        assertThat(fast.part(Duration.ofSeconds(100))).isEqualTo(1);
    }

    private int sharesOfTheSecond(LoadBalancing policy, List<WeightedHost> both) {
        LoadBalancer balancer = LoadBalancers.create(policy, both, dice(0));
        return (int) picks(balancer, 1000).stream().filter(i -> i == 1).count();
    }

    @Test
    void randomDrawsEvenly() {
        Random seeded = new Random(42);
        LoadBalancer balancer = LoadBalancers.create(
                new LoadBalancing.Random(), weights(1, 1, 1, 1), new Chance(seeded::nextLong, clock));

        int[] counts = new int[4];
        picks(balancer, 40_000).forEach(i -> counts[i]++);

        // 10,000 ± 5 standard deviations
        assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(9_560, 10_440));
    }

    private List<WeightedHost> weights(int... weights) {
        List<WeightedHost> weighted = new ArrayList<>();
        for (int weight : weights) {
            Host host = new Host(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1 + hosts.size()),
                    TRANSPORT,
                    clock.instant());
            hosts.add(host);
            weighted.add(new WeightedHost(host, weight));
        }
        return weighted;
    }

    private List<Integer> picks(LoadBalancer balancer, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> hosts.indexOf(balancer.pick(OptionalLong.empty())))
                .toList();
    }

    private Chance dice(long... values) {
        Iterator<Long> next = Arrays.stream(values).iterator();
        return new Chance(next::next, clock);
    }
}
