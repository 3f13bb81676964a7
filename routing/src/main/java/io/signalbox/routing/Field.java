package io.signalbox.routing;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where in the configuration the parser is. The text is made only when something is wrong there. */
record Field(@Nullable Field parent, String name) {
    static final Field ROOT = new Field(null, "");

    Field child(String child) {
        return new Field(this, child);
    }

    Field child(String child, int index) {
        return new Field(this, child + "[" + index + "]");
    }

    Field child(String child, String key) {
        return new Field(this, child + "[\"" + key + "\"]");
    }

    InvalidRouteConfiguration invalid(String problem) {
        return new InvalidRouteConfiguration(toString(), problem);
    }

    InvalidRouteConfiguration unsupported() {
        return invalid("is not supported");
    }

    InvalidRouteConfiguration required() {
        return invalid("is required");
    }

    void requireNonEmpty(String value) throws InvalidRouteConfiguration {
        if (value.isEmpty()) {
            throw required();
        }
    }

    /** Refuses what would break out of the header it is written to. */
    void requireHeaderValue(String value) throws InvalidRouteConfiguration {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw invalid("has a control character at position " + i);
            }
        }
    }

    /**
     * Refuses a message that sets a field not listed, also one of a newer protocol than we know: whatever we do not
     * understand might decide.
     */
    void requireOnly(Message message, Set<String> supported) throws InvalidRouteConfiguration {
        for (FieldDescriptor field : message.getAllFields().keySet()) {
            if (!supported.contains(field.getName())) {
                throw child(field.getName()).unsupported();
            }
        }
        for (int number : message.getUnknownFields().asMap().keySet()) {
            throw child("field " + number).invalid("is not known");
        }
    }

    /** The configuration of an extension, which must be of this type and set nothing that is not known. */
    <M extends Message> M unpack(TypedExtensionConfig proto, Class<M> type) throws InvalidRouteConfiguration {
        child("name").requireNonEmpty(proto.getName());
        Field config = child("typed_config");
        if (!proto.getTypedConfig().is(type)) {
            throw config.invalid("\"" + proto.getTypedConfig().getTypeUrl() + "\" is not supported");
        }
        try {
            M message = proto.getTypedConfig().unpack(type);
            config.requireOnly(
                    message,
                    message.getDescriptorForType().getFields().stream()
                            .map(FieldDescriptor::getName)
                            .collect(Collectors.toSet()));
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw config.invalid("cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        if (parent == null) {
            return name;
        }
        String path = parent.toString();
        return path.isEmpty() ? name : path + "." + name;
    }
}
