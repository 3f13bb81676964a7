package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.util.Optional;

/** What a proxy holds of one resource, as far as its acknowledgements tell. */
sealed interface Held {
    Held NOTHING = new Nothing();

    /** It does not hold the resource. */
    record Nothing() implements Held {}

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
        return wanted.isEmpty();
    }

    default Optional<EncodedResource> content() {
        return this instanceof Content content ? Optional.of(content.resource()) : Optional.empty();
    }
}
