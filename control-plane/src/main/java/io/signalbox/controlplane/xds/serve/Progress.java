package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import java.util.List;
import java.util.Map;

/**
 * How far a stream is.
 *
 * @param acknowledged the newest revision that the proxy acknowledged of every type; -1 for none
 * @param stuckAt the newest revision of which it refused something or is not to get it, and of which there is nothing
 *     more to send; -1 for none
 * @param withheld what it is not sent, as its release does not know it
 */
record Progress(Map<ResourceType, TypeStatus> types, long acknowledged, long stuckAt, List<ReleaseNeed> withheld) {
    static final Progress NONE = new Progress(Map.of(), -1, -1, List.of());

    Progress {
        types = Map.copyOf(types);
        withheld = List.copyOf(withheld);
    }
}
