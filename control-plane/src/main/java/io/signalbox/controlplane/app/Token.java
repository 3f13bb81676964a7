package io.signalbox.controlplane.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What lets somebody into the API, known to us by its digest only.
 *
 * @param name who changes are said to be made by; it appears in the history
 * @param sha256 the SHA-256 of the token's UTF-8 bytes, 64 hexadecimal digits
 */
public record Token(String name, String sha256) {
    public Token {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the sha256 of token " + name
                    + " (expected: 64 hexadecimal digits, as of `printf %s TOKEN | sha256sum`)");
        }
    }

    public static Token of(String name, String secret) {
        return new Token(name, HexFormat.of().formatHex(digest(secret)));
    }

    /** Takes the same time for every wrong secret. */
    boolean isFor(byte[] digestOfSecret) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), digestOfSecret);
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
