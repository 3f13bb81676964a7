package io.signalbox.controlplane.xds.publish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Versions: the first 64 bits of a SHA-256, in hex. Equal content gives equal versions in every JVM. */
final class Hash {
    private static final int BYTES = 8;

    private Hash() {}

    static String of(byte[] content) {
        return hex(sha256().digest(content));
    }

    /** @param resources in name order */
    static String of(Collection<EncodedResource> resources) {
        MessageDigest digest = sha256();
        for (EncodedResource resource : resources) {
            digest.update(resource.name().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(resource.version().getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) 0);
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }
}
