package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.xds.XdsResources;

/**
 * Translates resolved configs to Envoy's protos. The result depends on the argument alone; what an instance remembers is
 * only which parts of its last result it can hand out again, so that a small change to a large config costs little.
 *
 * <p>Not thread-safe: each instance belongs to one thread.
 */
public final class Translator {

    public XdsResources translate(ResolvedConfig config) {
        throw new UnsupportedOperationException("not written yet: " + config.revision());
    }
}
