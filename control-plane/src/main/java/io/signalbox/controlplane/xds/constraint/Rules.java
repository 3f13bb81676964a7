package io.signalbox.controlplane.xds.constraint;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules of one field say against its value: protoc-gen-validate's README, "Constraint Rules". A rule that is not
 * known here is an {@link IllegalStateException}, never silently kept.
 */
final class Rules {
    private static final Pattern HEADER_NAME = Pattern.compile("^:?[0-9a-zA-Z!#$%&'*+-.^_|~`]+$");
    private static final Pattern HEADER_VALUE = Pattern.compile("^[^\\x00-\\x08\\x0a-\\x1f\\x7f]*$");
    private static final Pattern WITHOUT_LINE_ENDS = Pattern.compile("^[^\\x00\\n\\r]*$");
    private static final Set<String> ABOUT_OTHER_RULES = Set.of("ignore_empty", "strict", "required");

    private Rules() {}

    /** @param rules as {@link Annotations} finds them */
    static List<String> broken(Message rules, Message message, FieldDescriptor field) {
        List<String> broken = new ArrayList<>();
        if (!field.hasPresence() || message.hasField(field)) {
            check(rules, message.getField(field), broken);
        } else if (field.getRealContainingOneof() == null && isRequired(rules)) {
            broken.add("required");
        }
        return broken;
    }

    /** Of a field that holds a message. */
    private static boolean isRequired(Message rules) {
        return rules.getAllFields().values().stream().anyMatch(kind -> isSet((Message) kind, "required"));
    }

    private static boolean isSet(Message rules, String flag) {
        FieldDescriptor field = rules.getDescriptorForType().findFieldByName(flag);
        return field != null && Boolean.TRUE.equals(rules.getField(field));
    }

    private static void check(Message rules, Object value, List<String> broken) {
        for (Map.Entry<FieldDescriptor, Object> kind : rules.getAllFields().entrySet()) {
            String name = kind.getKey().getName();
            if (!name.equals("message") && !name.equals("any")) {
                ofKind(name, (Message) kind.getValue(), unwrapped(value), broken);
            }
        }
    }

    private static void ofKind(String kind, Message rules, Object value, List<String> broken) {
        if (isSet(rules, "ignore_empty") && value.equals("")) {
            return;
        }
        rules.getAllFields().forEach((rule, wanted) -> {
            String name = rule.getName();
            if (name.equals("items") || name.equals("keys")) {
                each(name, (Collection<?>) value).forEach(item -> check((Message) wanted, item, broken));
            } else if (!ABOUT_OTHER_RULES.contains(name) && !holds(name, wanted, value, rules)) {
                broken.add(kind + "." + name + ": " + wanted.toString().strip());
            }
        });
    }

    private static List<Object> each(String rule, Collection<?> values) {
        return values.stream()
                .<Object>map(value -> rule.equals("items") ? value : key((Message) value))
                .toList();
    }

    private static Object key(Message entry) {
        return entry.getField(entry.getDescriptorForType().findFieldByName("key"));
    }

    /** A wrapper ({@code UInt32Value} …) is bound by the rules for what it wraps. */
    private static Object unwrapped(Object value) {
        if (value instanceof Message message
                && !(value instanceof Duration)
                && message.getDescriptorForType().getFullName().startsWith("google.protobuf.")) {
            FieldDescriptor wrapped = message.getDescriptorForType().findFieldByName("value");
            return wrapped == null ? value : message.getField(wrapped);
        }
        return value;
    }

    private static boolean holds(String rule, Object wanted, Object value, Message rules) {
        return switch (rule) {
            case "const" -> value.equals(wanted);
            case "gt" -> compare(value, wanted) > 0;
            case "gte" -> compare(value, wanted) >= 0;
            case "lt" -> compare(value, wanted) < 0;
            case "lte" -> compare(value, wanted) <= 0;
            case "min_len", "min_items", "min_pairs" -> size(value) >= (Long) wanted;
            case "max_len", "max_items", "max_pairs" -> size(value) <= (Long) wanted;
            case "min_bytes" -> bytes(value) >= (Long) wanted;
            case "max_bytes" -> bytes(value) <= (Long) wanted;
            case "unique" -> new HashSet<>((Collection<?>) value).size() == ((Collection<?>) value).size();
            case "in" -> ((Collection<?>) wanted).contains(plain(value));
            case "not_in" -> !((Collection<?>) wanted).contains(plain(value));
            case "defined_only" -> !(value instanceof EnumValueDescriptor each) || each.getIndex() >= 0;
            case "prefix" -> value.toString().startsWith((String) wanted);
            case "suffix" -> value.toString().endsWith((String) wanted);
            case "pattern" ->
                Pattern.compile((String) wanted).matcher((String) value).find();
            case "well_known_regex" -> isWellKnown(((EnumValueDescriptor) wanted).getName(), (String) value, rules);
            default -> throw new IllegalStateException("a rule that is not known: " + rule);
        };
    }

    private static boolean isWellKnown(String regex, String value, Message rules) {
        FieldDescriptor strict = rules.getDescriptorForType().findFieldByName("strict");
        if (rules.hasField(strict) && !isSet(rules, "strict")) {
            return WITHOUT_LINE_ENDS.matcher(value).find();
        }
        return switch (regex) {
            case "HTTP_HEADER_NAME" -> HEADER_NAME.matcher(value).find();
            case "HTTP_HEADER_VALUE" -> HEADER_VALUE.matcher(value).find();
            default -> throw new IllegalStateException("a regex that is not known: " + regex);
        };
    }

    private static Object plain(Object value) {
        return value instanceof EnumValueDescriptor each ? each.getNumber() : value;
    }

    private static long size(Object value) {
        if (value instanceof Collection<?> items) {
            return items.size();
        }
        return value instanceof String text ? text.codePointCount(0, text.length()) : bytes(value);
    }

    private static long bytes(Object value) {
        return value instanceof ByteString bytes
                ? bytes.size()
                : value.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Java shows large unsigned numbers as negative ones; no constraint is on a signed 32 bit number. */
    private static int compare(Object value, Object bound) {
        if (value instanceof Duration duration) {
            return Durations.compare(duration, (Duration) bound);
        }
        return number(value).compareTo(number(bound));
    }

    private static BigDecimal number(Object value) {
        return value instanceof Integer unsigned && unsigned < 0
                ? BigDecimal.valueOf(Integer.toUnsignedLong(unsigned))
                : new BigDecimal(value.toString());
    }
}
