package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Config;

/** Compiles a config that has passed validation. Pure: the same config gives an equal result; any thread may call it. */
public final class Compiler {
    private Compiler() {}

    /** @throws IllegalArgumentException when the config refers to what it does not hold, which validation rules out */
    public static ResolvedConfig compile(Config config) {
        throw new UnsupportedOperationException("not written yet: " + config.revision());
    }
}
