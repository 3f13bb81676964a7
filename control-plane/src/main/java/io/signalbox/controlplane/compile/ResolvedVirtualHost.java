package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.VirtualHostSpec;

/** @param name of the resource */
public record ResolvedVirtualHost(String name, VirtualHostSpec spec) {}
