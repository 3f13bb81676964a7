package io.signalbox.controlplane.authentication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What is secret about a token: {@code sbx_} and 256 random bits, in 47 characters. The prefix is for programs that look
 * for secrets where none should be. Shown once, when it is made; kept as its SHA-256 only. A slow hash as for passwords would add
 * nothing but time to every request: there is no list of likely secrets to try.
 */
public record Secret(String text) {
    public static final String PREFIX = "sbx_";

    private static final int BYTES = 32;

    public static Secret create(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
