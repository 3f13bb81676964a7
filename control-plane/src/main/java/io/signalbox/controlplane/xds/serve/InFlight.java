package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.TypeSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A response that is not answered yet.
 *
 * @param touched by name what it says about all that was not settled: a resource, or that there is none
 * @param changed the names that are to become something else than the proxy holds
 * @param whole in state of the world, all that the proxy holds after it
 * @param state what it was made of
 */
record InFlight(
        Push push,
        Map<String, Optional<EncodedResource>> touched,
        Set<String> changed,
        Optional<TypeSnapshot> whole,
        TypeStatus.State state) {

    boolean mayBring(String name) {
        return touched.getOrDefault(name, Optional.empty()).isPresent();
    }
}
