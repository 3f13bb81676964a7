package io.signalbox.controlplane.xds.publish;

import io.signalbox.controlplane.xds.ResourceType;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All resources of one type at some revision. Immutable, and the same object as long as nothing of the type changes. */
public final class TypeSnapshot {
    private final ResourceType type;
    private final SortedMap<String, EncodedResource> byName;
    private final List<EncodedResource> resources;
    private final String version;
    private final Set<String> changed;

    private TypeSnapshot(ResourceType type, SortedMap<String, EncodedResource> byName, Set<String> changed) {
        this.type = type;
        this.byName = byName;
        this.resources = List.copyOf(byName.values());
        this.version = Hash.of(resources);
        this.changed = Collections.unmodifiableSet(changed);
    }

    static TypeSnapshot empty(ResourceType type) {
        return new TypeSnapshot(type, Collections.emptySortedMap(), Set.of());
    }

    /** What a proxy holds that does not hold all that is published. */
    public static TypeSnapshot of(ResourceType type, Collection<EncodedResource> resources) {
        SortedMap<String, EncodedResource> byName = new TreeMap<>();
        resources.forEach(resource -> byName.put(resource.name(), resource));
        return new TypeSnapshot(type, byName, Set.of());
    }

    /** This one when the other resources are the same; it takes over from this one what has not changed. */
    TypeSnapshot next(SortedMap<String, EncodedResource> after) {
        Set<String> differing = differing(byName, after);
        return differing.isEmpty() ? this : new TypeSnapshot(type, after, differing);
    }

    public ResourceType type() {
        return type;
    }

    /** A hash of all names and versions. */
    public String version() {
        return version;
    }

    /** In name order. */
    public List<EncodedResource> resources() {
        return resources;
    }

    public Optional<EncodedResource> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** The names that its predecessor in the change log has otherwise, has not, or has in addition. */
    Set<String> changed() {
        return changed;
    }

    /** The names that the two do not have alike. */
    public Set<String> differingFrom(TypeSnapshot other) {
        return differing(other.byName, byName);
    }

    private static Set<String> differing(
            SortedMap<String, EncodedResource> before, SortedMap<String, EncodedResource> after) {
        Set<String> names = new TreeSet<>();
        before.forEach((name, resource) -> {
            if (!same(resource, after.get(name))) {
                names.add(name);
            }
        });
        after.keySet().forEach(name -> {
            if (!before.containsKey(name)) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean same(EncodedResource one, @Nullable EncodedResource other) {
        return one == other || (other != null && one.version().equals(other.version()));
    }

    @Override
    public String toString() {
        return type + resources.toString();
    }
}
