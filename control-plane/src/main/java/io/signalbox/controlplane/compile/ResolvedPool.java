package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.PoolSpec;

public record ResolvedPool(String name, PoolSpec spec) {}
