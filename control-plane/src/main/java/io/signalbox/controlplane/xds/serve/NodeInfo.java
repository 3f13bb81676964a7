package io.signalbox.controlplane.xds.serve;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.type.v3.SemanticVersion;
import io.signalbox.controlplane.xds.Release;
import java.util.Optional;

/** What we keep of the node in a stream's first message, which may be 60 kB long for its list of extensions. */
record NodeInfo(String id, String fleet, String envoyVersion, Optional<Release> release) {
    private static final String ENVOY = "envoy";

    static NodeInfo of(Node node) {
        return new NodeInfo(
                node.getId(),
                node.getCluster().isEmpty() ? "default" : node.getCluster(),
                envoyVersion(node),
                release(node));
    }

    /** Empty also for what is no Envoy: its versions are no releases of Envoy. */
    private static Optional<Release> release(Node node) {
        return node.getUserAgentName().equals(ENVOY) ? Release.find(envoyVersion(node)) : Optional.empty();
    }

    private static String envoyVersion(Node node) {
        if (!node.hasUserAgentBuildVersion()) {
            return node.getUserAgentVersion();
        }
        SemanticVersion version = node.getUserAgentBuildVersion().getVersion();
        return version.getMajorNumber() + "." + version.getMinorNumber() + "." + version.getPatch();
    }
}
