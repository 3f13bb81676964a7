package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.LayeringOffender;

/** The other half of a cycle; see {@link LayeringOffender}. */
public final class LayeringOffenderAbove {
    public LayeringOffenderAbove() {}

    LayeringOffender looksDown() {
        return new LayeringOffender();
    }
}
