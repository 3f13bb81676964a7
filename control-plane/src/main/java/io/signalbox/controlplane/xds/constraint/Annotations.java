package io.signalbox.controlplane.xds.constraint;

import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The constraints that messages are annotated with, by the names of the annotations: which Java class stands for them
 * depends on where the protos come from. Any thread.
 */
final class Annotations {
    private static final Map<FieldDescriptor, Message> RULES = new ConcurrentHashMap<>();

    private Annotations() {}

    /** {@code validate.rules}; an empty message where there are none. */
    static Message rules(FieldDescriptor field) {
        return RULES.computeIfAbsent(
                field,
                f -> find(f.getOptions(), "validate.rules")
                        .map(Message.class::cast)
                        .orElse(FieldOptions.getDefaultInstance()));
    }

    /** {@code validate.required}: whether one of the fields must be there. */
    static boolean isRequired(OneofDescriptor oneof) {
        return find(oneof.getOptions(), "validate.required").isPresent();
    }

    private static Optional<Object> find(Message options, String extension) {
        return options.getAllFields().entrySet().stream()
                .filter(option -> option.getKey().isExtension()
                        && option.getKey().getFullName().equals(extension))
                .<Object>map(Map.Entry::getValue)
                .findFirst();
    }
}
