package io.signalbox.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The numbers are those of the tables in Envoy's documentation, "Priority levels". */
class PriorityLoadsTest {
    private static int[] loads(int[] hosts, int[] healthy, double panic) {
        PriorityLoads loads = PriorityLoads.of(hosts, healthy, panic);
        return IntStream.range(0, hosts.length).map(loads::load).toArray();
    }

    private static int[] of(int... numbers) {
        return numbers;
    }

    @Test
    void theNextPriorityTakesOverWhatTheFirstCannotServe() {
        int[] hosts = of(100, 100);
        assertThat(loads(hosts, of(100, 100), 50)).containsExactly(100, 0);
        assertThat(loads(hosts, of(72, 100), 50)).containsExactly(100, 0);
        assertThat(loads(hosts, of(71, 100), 50)).containsExactly(99, 1);
        assertThat(loads(hosts, of(50, 50), 50)).containsExactly(70, 30);
        assertThat(loads(hosts, of(25, 100), 50)).containsExactly(35, 65);
        assertThat(loads(hosts, of(0, 100), 50)).containsExactly(0, 100);
        assertThat(loads(hosts, of(25, 25), 0)).containsExactly(50, 50);
    }

    @Test
    void whenAllPanicTheNumberOfHostsDecides() {
        assertThat(loads(of(100, 100), of(5, 5), 50)).containsExactly(50, 50);
        assertThat(loads(of(1, 3), of(0, 0), 50)).containsExactly(25, 75);
    }

    @Test
    void nobodyPanicsWhileTheHealthyAreEnoughTogether() {
        PriorityLoads loads = PriorityLoads.of(of(100, 100), of(10, 100), 50);
        assertThat(loads.panics(0)).isFalse();
        assertThat(PriorityLoads.of(of(100, 100), of(10, 60), 50).panics(0)).isTrue();
        assertThat(PriorityLoads.of(of(100, 100), of(10, 60), 50).panics(1)).isFalse();
    }

    @Test
    void withoutHostsOrHealthItStillAnswers() {
        assertThat(loads(of(0), of(0), 50)).containsExactly(100);
        assertThat(loads(of(2), of(0), 0)).containsExactly(100);
        assertThat(PriorityLoads.of(of(2), of(0), 0).panics(0)).isFalse();
    }

    @Test
    void picksByLoad() {
        PriorityLoads loads = PriorityLoads.of(of(100, 100), of(71, 100), 50);
        assertThat(loads.pick(98)).isZero();
        assertThat(loads.pick(99)).isEqualTo(1);
        assertThat(loads.pick(100)).isZero();
    }
}
