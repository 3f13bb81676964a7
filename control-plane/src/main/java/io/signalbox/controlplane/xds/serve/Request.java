package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One message of a proxy, of a type that we serve. */
sealed interface Request {
    ResourceType type();

    /** The nonce of the response that it answers; empty when it answers none. */
    String nonce();

    /** Why it refused that response. */
    Optional<String> error();

    /**
     * @param version what it last accepted, on this stream or an earlier one
     * @param names all it wants
     */
    record Sotw(ResourceType type, String version, List<String> names, String nonce, Optional<String> error)
            implements Request {}

    /**
     * @param held by name the versions of what it got on an earlier stream; only in the first request
     */
    record Delta(
            ResourceType type,
            List<String> subscribe,
            List<String> unsubscribe,
            Map<String, String> held,
            String nonce,
            Optional<String> error)
            implements Request {}
}
