package io.signalbox.controlplane.xds.constraint;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.common.collect.MapMaker;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks resources against the {@code validate.rules} of their messages, extensions inside included. What was found good
 * is not looked at again: a message that the translator hands out a second time is the same object. One thread at a time.
 */
public final class Constraints {
    /** Where a large resource is cut into parts that stay the same objects when another part changes. */
    private static final Set<Descriptor> REMEMBERED = Set.of(
            Listener.getDescriptor(),
            Cluster.getDescriptor(),
            ClusterLoadAssignment.getDescriptor(),
            Secret.getDescriptor(),
            RouteConfiguration.getDescriptor(),
            VirtualHost.getDescriptor(),
            Matcher.OnMatch.getDescriptor());

    /** By identity, and no longer than the messages live. */
    private final Set<Message> good =
            Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

    /** @throws IllegalStateException for an extension or a rule that is not known here: a fault of ours */
    public List<Breach> check(XdsResources resources) {
        List<Breach> breaches = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            resources.byType().getOrDefault(type, Collections.emptySortedMap()).forEach((name, message) -> {
                if (!good.contains(message)) {
                    new Walk(type, name, breaches).message(message, "", Optional.empty());
                }
            });
        }
        return List.copyOf(breaches);
    }

    /** Through one resource. */
    private final class Walk {
        private final ResourceType type;
        private final String name;
        private final List<Breach> breaches;

        Walk(ResourceType type, String name, List<Breach> breaches) {
            this.type = type;
            this.name = name;
            this.breaches = breaches;
        }

        void message(Message message, String path, Optional<String> route) {
            boolean remember = REMEMBERED.contains(message.getDescriptorForType());
            if (remember && good.contains(message)) {
                return;
            }
            int before = breaches.size();
            if (message instanceof Any any) {
                message(Extensions.unpack(any), path, route);
            } else if (message instanceof Route named) {
                fields(message, "", Optional.of(named.getName()));
            } else {
                fields(message, path, route);
            }
            if (remember && breaches.size() == before) {
                good.add(message);
            }
        }

        private void fields(Message message, String path, Optional<String> route) {
            for (OneofDescriptor oneof : message.getDescriptorForType().getOneofs()) {
                if (Annotations.isRequired(oneof) && !message.hasOneof(oneof)) {
                    add(join(path, oneof.getName()), route, "required");
                }
            }
            for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
                String fieldPath = join(path, field.getName());
                Message rules = Annotations.rules(field);
                Rules.broken(rules, message, field).forEach(rule -> add(fieldPath, route, rule));
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    below(message, field, fieldPath, route);
                }
            }
        }

        private void below(Message message, FieldDescriptor field, String path, Optional<String> route) {
            if (field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    message((Message) message.getRepeatedField(field, i), path + "[" + i + "]", route);
                }
            } else if (message.hasField(field)) {
                message((Message) message.getField(field), path, route);
            }
        }

        private void add(String path, Optional<String> route, String rule) {
            breaches.add(new Breach(type, name, route, path, rule));
        }
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
