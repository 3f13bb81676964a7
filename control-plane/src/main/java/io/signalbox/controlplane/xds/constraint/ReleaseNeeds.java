package io.signalbox.controlplane.xds.constraint;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.common.collect.MapMaker;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which values need which release. What is known to every release that we support is not in the table; what is in it was
 * asked of {@code envoy --mode validate} of each.
 *
 * <p>What was found to need nothing is not looked at again: a message that the translator hands out a second time is the
 * same object. One thread at a time.
 */
public final class ReleaseNeeds {
    /**
     * A line of the table.
     *
     * @param isNew whether a message of the type has the value
     * @param field of the API
     * @param since the oldest release that takes the value
     */
    record Line(Descriptor message, Predicate<Message> isNew, String field, Release since) {}

    private static final List<Line> TABLE = List.of(new Line(
            UriTemplateMatchConfig.getDescriptor(),
            message -> message instanceof UriTemplateMatchConfig match
                    && TemplateText.besideVariable(match.getPathTemplate()),
            "spec.match.path.template",
            new Release(1, 39)));

    /** Where a large resource is cut into parts that stay the same objects when another part changes. */
    private static final Set<Descriptor> REMEMBERED = Set.of(
            Listener.getDescriptor(),
            Cluster.getDescriptor(),
            ClusterLoadAssignment.getDescriptor(),
            RouteConfiguration.getDescriptor(),
            VirtualHost.getDescriptor(),
            Matcher.OnMatch.getDescriptor());

    private final List<Line> table;

    /** By identity, and no longer than the messages live. */
    private final Set<Message> knownToAll =
            Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

    public ReleaseNeeds() {
        this(TABLE);
    }

    ReleaseNeeds(List<Line> table) {
        this.table = table;
    }

    /** In the order of types and names, each once. */
    public List<ReleaseNeed> of(XdsResources resources) {
        Set<ReleaseNeed> needs = new LinkedHashSet<>();
        for (ResourceType type : ResourceType.values()) {
            resources
                    .byType()
                    .getOrDefault(type, Collections.emptySortedMap())
                    .forEach((name, message) -> new Walk(type, name, needs).message(message, Optional.empty()));
        }
        return List.copyOf(needs);
    }

    /** Through one resource; says whether something was found. */
    private final class Walk {
        private final ResourceType type;
        private final String name;
        private final Set<ReleaseNeed> needs;

        Walk(ResourceType type, String name, Set<ReleaseNeed> needs) {
            this.type = type;
            this.name = name;
            this.needs = needs;
        }

        boolean message(Message message, Optional<String> route) {
            if (message instanceof Any any) {
                return message(Extensions.unpack(any), route);
            }
            boolean remember = REMEMBERED.contains(message.getDescriptorForType());
            if (remember && knownToAll.contains(message)) {
                return false;
            }
            Optional<String> within = message instanceof Route named ? Optional.of(named.getName()) : route;
            boolean found = lines(message, within) | fields(message, within);
            if (remember && !found) {
                knownToAll.add(message);
            }
            return found;
        }

        private boolean lines(Message message, Optional<String> route) {
            boolean found = false;
            for (Line line : table) {
                if (line.message.equals(message.getDescriptorForType()) && line.isNew.test(message)) {
                    needs.add(new ReleaseNeed(type, name, route, line.field, line.since));
                    found = true;
                }
            }
            return found;
        }

        private boolean fields(Message message, Optional<String> route) {
            boolean found = false;
            for (var field : message.getAllFields().entrySet()) {
                if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                    continue;
                }
                List<?> values = field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
                for (Object value : values) {
                    found |= message((Message) value, route);
                }
            }
            return found;
        }
    }
}
