package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.publish.EncodedResource;
import java.util.HashMap;
import java.util.Map;

/**
 * Resources of a response that was refused without saying which of them is wrong. Each is sent once more, alone, which
 * tells.
 */
final class Suspects {
    private final Map<String, String> versions = new HashMap<>();

    void add(String name, String version) {
        versions.put(name, version);
    }

    boolean contains(EncodedResource resource) {
        return resource.version().equals(versions.get(resource.name()));
    }

    void clear(String name, String version) {
        versions.remove(name, version);
    }

    void clear(String name) {
        versions.remove(name);
    }

    void clear() {
        versions.clear();
    }
}
