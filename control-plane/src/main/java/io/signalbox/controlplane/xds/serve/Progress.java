package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.Map;

/**
 * How far a stream is.
 *
 * @param acknowledged the newest revision that the proxy acknowledged of every type; -1 for none
 * @param stuckAt the newest revision of which it refused something and of which there is nothing more to send; -1 for
 *     none
 */
record Progress(Map<ResourceType, TypeStatus> types, long acknowledged, long stuckAt) {
    static final Progress NONE = new Progress(Map.of(), -1, -1);

    Progress {
        types = Map.copyOf(types);
    }
}
