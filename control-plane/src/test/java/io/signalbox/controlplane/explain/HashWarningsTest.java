package io.signalbox.controlplane.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Action.WeightedPool;
import io.signalbox.controlplane.model.HashPolicy;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.validation.Warning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HashWarningsTest {
    private static final List<HashPolicy> BY_ADDRESS = List.of(new HashPolicy(new HashPolicy.SourceIp(), false));

    @Test
    void aHashAndAPoolThatNeedsItGoTogether() {
        assertThat(warnings("ring", BY_ADDRESS)).isEmpty();
        assertThat(warnings("maglev", BY_ADDRESS)).isEmpty();
        assertThat(warnings("turns", List.of())).isEmpty();
        assertThat(warnings("ring", List.of())).extracting(Warning::code).containsExactly("hash-missing");
        assertThat(warnings("turns", BY_ADDRESS)).extracting(Warning::code).containsExactly("hash-unused");
    }

    private static List<Warning> warnings(String pool, List<HashPolicy> hash) {
        return HashWarnings.of(new ConfigDraft()
                .http("edge", 0)
                .pool("turns", new PoolSpec(new LoadBalancing.RoundRobin(), List.of()))
                .pool("ring", new PoolSpec(new LoadBalancing.RingHash(Optional.empty(), Optional.empty()), List.of()))
                .pool("maglev", new PoolSpec(new LoadBalancing.Maglev(Optional.empty()), List.of()))
                .route(RouteDraft.named("r")
                        .exact("/")
                        .action(new Action.Forward(List.of(new WeightedPool(pool, 1)), hash)))
                .config());
    }
}
