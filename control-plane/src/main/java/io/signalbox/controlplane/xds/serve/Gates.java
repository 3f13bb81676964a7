package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.util.Optional;

/** What must wait for something else first, so that nothing ever refers to what the proxy does not hold. */
interface Gates {
    boolean maySend(ResourceType type, EncodedResource resource);

    boolean mayRemove(ResourceType type, String name);

    /** What to answer about a resource that is no more, when the proxy needs it to get on. */
    Optional<EncodedResource> findSubstitute(ResourceType type, String name);
}
