package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads which resources Envoy refused. For clusters and listeners its message lists them, one {@code name: reason} after
 * the other, and it applied all others of the response (Envoy: {@code CdsApiHelper::onConfigUpdate} and
 * {@code LdsApiImpl::onConfigUpdate}). Any other message refuses the response as a whole.
 */
final class Nack {
    private static final Map<ResourceType, String> INTRODUCTIONS = Map.of(
            ResourceType.CLUSTER, "Error adding/updating cluster(s) ",
            ResourceType.LISTENER, "Error adding/updating listener(s) ");

    private Nack() {}

    /** Those of the names that the message lists; none when it refuses the response as a whole. */
    static Set<String> refusedNames(ResourceType type, String message, Collection<String> names) {
        String introduction = INTRODUCTIONS.get(type);
        if (introduction == null || !message.contains(introduction)) {
            return Set.of();
        }
        int start = message.indexOf(introduction);
        String list = message.substring(start + introduction.length());
        return names.stream().filter(name -> lists(list, name)).collect(Collectors.toSet());
    }

    private static boolean lists(String list, String name) {
        String entry = name + ": ";
        return list.startsWith(entry) || list.contains(", " + entry) || list.contains("\n" + entry);
    }
}
