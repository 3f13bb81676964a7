package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Policies;

/** What a listener says about all requests that routes take, in its route table. */
public record ListenerWide(HeaderEdits headers, Policies policies) {
    public static final ListenerWide NOTHING = new ListenerWide(HeaderEdits.NONE, Policies.NONE);
}
