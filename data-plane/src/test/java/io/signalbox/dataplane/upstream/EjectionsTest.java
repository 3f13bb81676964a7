package io.signalbox.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Outliers;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pure parts of finding out who is not well. */
class EjectionsTest {
    private static final Instant START = Instant.EPOCH;
    private static final Outliers RULES =
            new Outliers(3, 2, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(70), 50);

    private final Ejections ejections = new Ejections(RULES);
    private final Host one = host(1);
    private final Host two = host(2);

    private static Host host(int port) {
        ClusterConfig config = new ClusterConfig(
                "c", new Discovery.Eds("c"), Duration.ofSeconds(1), new LoadBalancing.RoundRobin(), 50);
        return new Host(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new Transport(config), START);
    }

    private boolean sweepAt(int seconds) {
        return ejections.sweep(Set.of(one, two), START.plusSeconds(seconds));
    }

    @Test
    void eachTimeOutIsAsMuchLongerUpToTheMost() {
        assertThat(ejections.eject(one, 2, START)).isTrue();
        assertThat(one.isHealthy()).isFalse();
        assertThat(sweepAt(29)).isFalse();
        assertThat(sweepAt(30)).isTrue();
        assertThat(one.isHealthy()).isTrue();

        assertThat(ejections.eject(one, 2, START.plusSeconds(30))).isTrue();
        assertThat(sweepAt(89)).isFalse();
        assertThat(sweepAt(90)).isTrue();

        assertThat(ejections.eject(one, 2, START.plusSeconds(90))).isTrue();
        assertThat(sweepAt(159)).isFalse();
        assertThat(sweepAt(160)).isTrue();
    }

    @Test
    void whoBehavesIsForgiven() {
        ejections.eject(one, 2, START);
        sweepAt(30);
        sweepAt(40);
        ejections.eject(one, 2, START.plusSeconds(50));
        assertThat(sweepAt(80)).isTrue();
    }

    @Test
    void noMoreThanMayAreOutAtATime() {
        assertThat(ejections.eject(one, 1, START)).isFalse();
        assertThat(ejections.eject(one, 2, START)).isTrue();
        assertThat(ejections.eject(two, 2, START)).isFalse();
        assertThat(ejections.eject(two, 4, START)).isTrue();
    }

    @Test
    void streaksEndWithAGoodAnswerAndAreToldOnce() {
        Streaks streaks = new Streaks(Optional.of(RULES));
        assertThat(streaks.add(500)).isFalse();
        assertThat(streaks.add(500)).isFalse();
        assertThat(streaks.add(404)).isFalse();
        assertThat(streaks.add(500)).isFalse();
        assertThat(streaks.add(503)).isFalse();
        assertThat(streaks.add(504)).isTrue();
        assertThat(streaks.add(504)).isFalse();
    }

    @Test
    void probesCountInARow() {
        ProbeCount count =
                new ProbeCount(new Check(new Probe.Tcp(), Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 3));
        count.add(Result.GOOD);
        assertThat(count.isHealthy()).isTrue();
        count.add(Result.NONE);
        count.add(Result.NONE);
        count.add(Result.GOOD);
        count.add(Result.NONE);
        count.add(Result.NONE);
        assertThat(count.isHealthy()).isTrue();
        count.add(Result.NONE);
        assertThat(count.isHealthy()).isFalse();
        count.add(Result.GOOD);
        assertThat(count.isHealthy()).isFalse();
        count.add(Result.GOOD);
        assertThat(count.isHealthy()).isTrue();
        count.add(Result.BAD);
        assertThat(count.isHealthy()).isFalse();
    }
}
