package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.ResourceKey;
import java.util.List;

/**
 * Something that is allowed and most likely not meant.
 *
 * @param code stable, for programs: {@code unreachable}, {@code equal-matches}, {@code failing-route-test},
 *     {@code hash-missing}, {@code hash-unused}, {@code unknown-to-release}
 * @param resources what it is about, the concerned one first
 */
public record Warning(String code, String message, List<ResourceKey> resources) {
    public Warning {
        resources = List.copyOf(resources);
    }
}
