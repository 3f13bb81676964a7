package io.signalbox.controlplane.app;

import java.nio.file.Path;

/** The file of {@code signalbox server}, YAML. */
public final class ServerConfigFile {
    private ServerConfigFile() {}

    /** @throws StartFailed when the file is not there or not right; the message says where and what would be */
    public static ControlPlaneConfig read(Path file) throws StartFailed {
        throw new StartFailed("not written yet: " + file);
    }
}
