package io.signalbox.controlplane.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.tls.PrivateAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom webhooks believe to be who they say they are. */
final class WebhookTlsTest {
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PrivateAuthority authority;

    /** Sends one message to a URL and prints what became of it. */
    static final class OneMessage {
        private OneMessage() {}

        public static void main(String[] arguments) {
            Webhook webhook = new Webhook(
                    "on-call", URI.create(arguments[0]), Webhook.Authors.ALL, List.of(SigningSecret.parse(SECRET)));
            System.out.println(new WebhookSender().send(webhook, "id", "{}", Instant.EPOCH));
        }
    }

    @BeforeEach
    void start() {
        authority = new PrivateAuthority(directory);
    }

    @Test
    void whoTheTrustStoreVouchesForIsTold() throws Exception {
        try (Receiver receiver = Receiver.start(authority.server("localhost"))) {
            assertThat(authority.printedByFriend(
                            OneMessage.class, receiver.url().toString()))
                    .isEqualTo("Taken[]");
            assertThat(receiver.messages()).extracting(Receiver.Message::body).containsExactly("{}");
        }
    }

    @Test
    void whoNobodyVouchesForIsToldNothing() throws Exception {
        try (Receiver receiver = Receiver.start(authority.server("localhost"))) {
            assertThat(authority.printedByStranger(
                            OneMessage.class, receiver.url().toString()))
                    .startsWith("NotTaken[why=javax.net.ssl.SSLHandshakeException: PKIX path building failed")
                    .endsWith("isFinal=false]");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @Test
    void whoIsSomebodyElseIsToldNothing() throws Exception {
        try (Receiver receiver = Receiver.start(authority.server("other.example.com"))) {
            assertThat(authority.printedByFriend(
                            OneMessage.class, receiver.url().toString()))
                    .startsWith("NotTaken[why=javax.net.ssl.SSLHandshakeException: No ")
                    .contains("localhost");
            assertThat(receiver.messages()).isEmpty();
        }
    }
}
