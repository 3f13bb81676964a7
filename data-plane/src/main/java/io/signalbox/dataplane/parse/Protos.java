package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What every parser does with protos. */
final class Protos {
    private Protos() {}

    /** Decodes and checks the fields. */
    static <T extends Message> T unpack(String at, Any any, Class<T> type) throws InvalidResource {
        T message = decode(at, any, type);
        SupportedFields.check(at, message);
        return message;
    }

    static <T extends Message> T decode(String at, Any any, Class<T> type) throws InvalidResource {
        if (!any.is(type)) {
            throw new InvalidResource(at + ": " + (any.getTypeUrl().isEmpty() ? "nothing" : any.getTypeUrl())
                    + " is not supported (expected: " + type.getSimpleName() + ")");
        }
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidResource(at + ": cannot be decoded: " + e.getMessage(), e);
        }
    }

    static java.time.Duration duration(Duration proto) {
        return java.time.Duration.ofSeconds(proto.getSeconds(), proto.getNanos());
    }

    /** Every discovery of ours goes over the one ADS stream. */
    static void requireAds(String at, ConfigSource source) throws InvalidResource {
        if (!source.hasAds()) {
            throw new InvalidResource(at + ": only ads is supported");
        }
    }

    static String digest(Message message) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message.toByteArray());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
