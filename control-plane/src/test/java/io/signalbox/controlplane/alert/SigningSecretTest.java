package io.signalbox.controlplane.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningSecretTest {
    /** The bytes from 0 to 31. */
    private static final String TEXT = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static String secret(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    void signsAsOtherImplementationsOfHmacDo() {
        // Made with Python's hmac module: the key is the decoded one, the text is in UTF-8, the time in whole seconds.
        assertThat(SigningSecret.parse(TEXT)
                        .sign("0b6f", Instant.parse("2026-01-01T12:00:00.999Z"), "{\"text\":\"grüße\"}"))
                .isEqualTo("v1,jJ8hNXmj91os8GFVX0bx/9AcpQygGkwG0HeVYp29yxc=");
    }

    @Test
    void takesFrom24To64Bytes() {
        assertThat(SigningSecret.parse(secret(24))).isNotNull();
        assertThat(SigningSecret.parse(secret(64))).isNotNull();
        assertThatThrownBy(() -> SigningSecret.parse(secret(23))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningSecret.parse(secret(65))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "hush",
                "whsec_hush!hush!hush!hush!hush!hush!hush",
                "WHSEC_hushhushhushhushhushhushhushhush"
            })
    void refusesOthersWithoutTellingThem(String text) {
        assertThatThrownBy(() -> SigningSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret (expected: whsec_ and the Base64 of 24 to 64 random bytes")
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }

    @Test
    void isNotPrinted() {
        assertThat(SigningSecret.parse(TEXT).toString()).isEqualTo("SigningSecret[hidden]");
    }
}
