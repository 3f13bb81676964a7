package io.signalbox.controlplane.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.signalbox.controlplane.prometheus.Credentials;
import io.signalbox.controlplane.prometheus.Credentials.SecretText;
import io.signalbox.controlplane.prometheus.PrometheusConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the configuration file says about the Prometheus that canaries are judged by. */
record PrometheusSection(
        @JsonProperty(required = true) String url,
        Optional<String> bearerToken,
        Optional<Path> bearerTokenFile,
        Optional<String> user,
        Optional<String> password,
        Optional<Path> passwordFile,
        Optional<Integer> timeoutSeconds) {
    PrometheusConfig toConfig() throws IOException {
        try {
            return new PrometheusConfig(
                    uri(),
                    credentials(),
                    timeoutSeconds.map(Duration::ofSeconds).orElse(PrometheusConfig.USUAL_TIMEOUT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("prometheus: " + e.getMessage(), e);
        }
    }

    /** What is no URL may still hold a password, so it is not told. */
    private URI uri() {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url (expected: an http or https URL)");
        }
    }

    private Credentials credentials() throws IOException {
        boolean hasToken = bearerToken.isPresent() || bearerTokenFile.isPresent();
        boolean hasPassword = password.isPresent() || passwordFile.isPresent();
        if (hasToken && (hasPassword || user.isPresent())) {
            throw new IllegalArgumentException("(expected: a bearer token or a user, not both)");
        } else if (user.isPresent() != hasPassword) {
            throw new IllegalArgumentException("(expected: user and password, or neither)");
        }
        Credentials credentials = Credentials.NONE;
        if (hasToken) {
            credentials = Credentials.bearer(secret("bearerToken", bearerToken, bearerTokenFile));
        } else if (user.isPresent()) {
            credentials = Credentials.basic(user.get(), secret("password", password, passwordFile));
        }
        credentials.header(); // so that a file that is not there is noticed now
        return credentials;
    }

    private static SecretText secret(String name, Optional<String> inline, Optional<Path> file) throws IOException {
        String now = ServerConfigFile.oneOf("prometheus", name, inline, name + "File", file);
        return file.map(SecretText::in).orElse(() -> now);
    }

    @Override
    public String toString() {
        return "prometheus"; // never the secret
    }
}
