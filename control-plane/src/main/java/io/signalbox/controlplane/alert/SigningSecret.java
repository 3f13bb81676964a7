package io.signalbox.controlplane.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook's requests are signed with, as in Standard Webhooks 1.0: HMAC-SHA256 over
 * {@code ID.SECONDS.BODY}. In text {@code whsec_} and 24 to 64 bytes in Base64. Printing it tells nothing.
 */
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final SecretKeySpec key;

    private SigningSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** @throws IllegalArgumentException when it is none; the message does not tell what it is */
    public static SigningSecret parse(String text) {
        byte[] bytes = text.startsWith(PREFIX) ? decode(text.substring(PREFIX.length())) : new byte[0];
        if (bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("secret (expected: " + PREFIX + " and the Base64 of " + FEWEST_BYTES
                    + " to " + MOST_BYTES + " random bytes, as of `echo " + PREFIX + "$(openssl rand -base64 32)`)");
        }
        return new SigningSecret(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) { // its message tells a part of the secret
            return new byte[0];
        }
    }

    /**
     * @param id of the message, without a full stop
     * @param at when it is sent; parts of a second do not count
     * @return {@code v1,} and the Base64 of the HMAC
     */
    String sign(String id, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret[hidden]";
    }
}
