package io.signalbox.controlplane.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.signalbox.controlplane.alert.SigningSecret;
import io.signalbox.controlplane.alert.Webhook;
import io.signalbox.controlplane.alert.Webhook.Authors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the configuration file says about where alerts go. */
final class AlertSections {
    private AlertSections() {}

    record Alerts(@JsonProperty(required = true) List<Hook> webhooks) {
        /** Each has a thread of its own. */
        private static final int MOST = 16;

        List<Webhook> toWebhooks() throws IOException {
            if (webhooks.size() > MOST) {
                throw new IllegalArgumentException(
                        "alerts.webhooks: " + webhooks.size() + " of them (expected: at most " + MOST + ")");
            }
            List<Webhook> known = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (Hook hook : webhooks) {
                if (!names.add(hook.name())) {
                    throw new IllegalArgumentException(
                            "alerts.webhooks: name " + hook.name() + " (expected: a name that no other one has)");
                }
                known.add(hook.toWebhook());
            }
            return known;
        }
    }

    record Hook(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String url,
            Optional<String> secret,
            Optional<Path> secretFile,
            Optional<String> authors) {
        Webhook toWebhook() throws IOException {
            String where = "alerts.webhooks " + name;
            String text = ServerConfigFile.oneOf(where, "secret", secret, "secretFile", secretFile);
            try {
                return new Webhook(
                        name,
                        uri(),
                        whose(),
                        Arrays.stream(text.strip().split("\\s+"))
                                .map(SigningSecret::parse)
                                .toList());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
            }
        }

        /** What is no URL may still hold a secret, so it is not told. */
        private URI uri() {
            try {
                return URI.create(url);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("url (expected: an http or https URL)");
            }
        }

        private Authors whose() {
            return switch (authors.orElse("signalbox")) {
                case "signalbox" -> Authors.SIGNALBOX;
                case "all" -> Authors.ALL;
                default ->
                    throw new IllegalArgumentException(
                            "authors " + authors.orElse("") + " (expected: one of signalbox, all)");
            };
        }

        @Override
        public String toString() {
            return name; // never the secret
        }
    }
}
