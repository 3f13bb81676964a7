package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.util.Optional;

/** What a proxy holds of one resource, as far as its acknowledgements tell. */
sealed interface Held {
    Held NOTHING = new Nothing();
    Held RESIDUE = new Residue();

    /** It does not hold the resource. */
    record Nothing() implements Held {}

    /**
     * It refused the resource, and does not hold it, but must be told that it is gone: Envoy may keep a refused cluster
     * among those that are warming, and as long as one is warming it acknowledges no clusters.
     */
    record Residue() implements Held {}

    /** It holds something that it got on an earlier stream and that we do not know; the version is empty in SotW. */
    record Unknown(String version) implements Held {}

    record Content(EncodedResource resource) implements Held {}

    static Held of(Optional<EncodedResource> resource) {
        return resource.<Held>map(Content::new).orElse(NOTHING);
    }

    /** Whether this is what the proxy should hold. */
    default boolean is(Optional<EncodedResource> wanted) {
        if (this instanceof Content content) {
            return wanted.isPresent()
                    && wanted.get().version().equals(content.resource().version());
        }
        if (this instanceof Unknown unknown) {
            return wanted.isPresent() && wanted.get().version().equals(unknown.version());
        }
        return this == NOTHING && wanted.isEmpty();
    }

    default Optional<EncodedResource> content() {
        return this instanceof Content content ? Optional.of(content.resource()) : Optional.empty();
    }
}
