package io.signalbox.controlplane.xds.serve;

import java.util.Optional;

/**
 * How far one proxy is with one type. Each revision is the newest one whose content that state corresponds to, so for a
 * proxy that is up to date every type shows the newest revision, also types of which it holds nothing.
 *
 * @param refused stays until the type is acknowledged in full at a later version
 */
public record TypeStatus(Optional<State> sent, Optional<State> acknowledged, Optional<Refused> refused) {
    public static final TypeStatus NONE = new TypeStatus(Optional.empty(), Optional.empty(), Optional.empty());

    /** @param version the type's version at that revision, a hash of content */
    public record State(long revision, String version) {}

    /** @param message the proxy's own words */
    public record Refused(long revision, String version, String message) {}
}
