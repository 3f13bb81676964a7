package io.signalbox.dataplane.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.signalbox.dataplane.state.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypeSubscriptionTest {
    private final TypeSubscription subscription = new TypeSubscription(ResourceType.ENDPOINTS);

    @Test
    void asksOnlyForWhatIsNew() {
        subscription.want(Set.of("a", "b"));
        DeltaDiscoveryRequest first = next().orElseThrow();
        assertThat(first.getTypeUrl()).isEqualTo(ResourceType.ENDPOINTS.typeUrl());
        assertThat(first.getResourceNamesSubscribeList()).containsExactly("a", "b");
        assertThat(next()).isEmpty();

        subscription.want(Set.of("b", "c"));
        DeltaDiscoveryRequest second = next().orElseThrow();
        assertThat(second.getResourceNamesSubscribeList()).containsExactly("c");
        assertThat(second.getResourceNamesUnsubscribeList()).containsExactly("a");
    }

    @Test
    void asksForNothingWhenNothingIsWanted() {
        assertThat(next()).isEmpty();
    }

    @Test
    void wildcardAsksWithoutNames() {
        subscription.wantEverything();

        assertThat(next().orElseThrow().getResourceNamesSubscribeList()).isEmpty();
        assertThat(next()).isEmpty();
    }

    @Test
    void aNewStreamHearsEverythingAndWhatIsHeldAlready() {
        subscription.want(Set.of("a", "b"));
        next();
        subscription.inForce("a", "v1");
        subscription.streamStarted();

        DeltaDiscoveryRequest request = next().orElseThrow();
        assertThat(request.getResourceNamesSubscribeList()).containsExactly("a", "b");
        assertThat(request.getInitialResourceVersionsMap()).isEqualTo(Map.of("a", "v1"));
    }

    @Test
    void forgetsTheVersionOfWhatIsNoLongerWanted() {
        subscription.want(Set.of("a"));
        subscription.inForce("a", "v1");
        subscription.want(Set.of());
        subscription.want(Set.of("a"));

        assertThat(next().orElseThrow().getInitialResourceVersionsMap()).isEmpty();
    }

    private Optional<DeltaDiscoveryRequest> next() {
        return subscription.nextRequest().map(DeltaDiscoveryRequest.Builder::build);
    }
}
