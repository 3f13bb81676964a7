package io.signalbox.controlplane.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.UndefinedEnvironmentVariableException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.signalbox.controlplane.access.Role;
import io.signalbox.controlplane.rest.RequestLimits;
import io.signalbox.controlplane.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of {@code signalbox server}, YAML. {@code ${NAME}} stands for an environment variable, {@code ${NAME:-other}}
 * for one with a default. Fields it does not know are refused. {@code database} and {@code keyset} must be there:
 *
 * <pre>{@code
 * database:
 *   url: jdbc:postgresql://db.example.com:5432/signalbox
 *   user: signalbox
 *   password: ${DB_PASSWORD}          # or passwordFile: /run/secrets/db-password
 *   waitSeconds: 60                   # for a database that is not up yet, at the start
 * keyset: /etc/signalbox/keyset.json  # made by `signalbox keyset create`
 * rest: {host: 127.0.0.1, port: 8080}
 * xds: {host: 127.0.0.1, port: 18000}
 * tokens:                             # besides those that the API makes
 *   - {name: ci, sha256: 64 hexadecimal digits of `printf %s TOKEN | sha256sum`}
 *   - {name: ops, file: /run/secrets/ops-token}   # the token itself; white space around it is left out
 *   - {name: dashboard, role: viewer, file: …}    # admin unless it says another one
 * oidc:
 *   issuer: https://login.example.com
 *   audience: signalbox
 *   nameClaim: email                  # sub
 *   prefix: corp                      # oidc
 *   grants:                           # the first one that fits
 *     - {claim: groups, value: platform, role: admin}
 *     - {claim: groups, value: payments, role: editor, labelSelector: team=payments, hostSuffix: pay.example.com}
 * limits:
 *   writes: {perSecond: 50, burst: 200}   # of each principal; reads: 500 and 2000; failures of each address: 5 and 50
 * alerts:
 *   webhooks:                         # each name, once known, stays the same webhook
 *     - {name: on-call, url: https://alerts.example.com/signalbox, secret: whsec_…}   # or secretFile: …
 *     - {name: chat, url: …, secretFile: …, authors: all}   # also of what people do, not only the server
 * prometheus:                         # whom canaries with analysis.metrics are judged by
 *   url: https://prometheus.example.com
 *   bearerTokenFile: /run/secrets/prometheus   # or bearerToken, or user and password or passwordFile, or nothing
 *   timeoutSeconds: 5                 # to wait for an answer, 30 at most
 * nodeRetentionHours: 24              # how long a proxy that left stays listed
 * loadRetentionHours: 24              # how long it is kept what proxies reported of the load on pools; 1 at least
 * experimentRetentionDays: 90         # and what they counted of experiments; 1 at least
 * }</pre>
 */
public final class ServerConfigFile {
    private static final ObjectMapper JSON = Jackson.newMinimalObjectMapper()
            .registerModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** Those that begin so override fields of the file. Not all of {@code signalbox.}: {@code bin/signalbox} sets one. */
    private static final String SYSTEM_PROPERTIES = "signalbox.server";

    private ServerConfigFile() {}

    /** @throws StartFailed when the file is not there or not right; the message says where and what would be */
    public static ControlPlaneConfig read(Path file) throws StartFailed {
        try {
            return parse(file).toConfig();
        } catch (ConfigurationException | UndefinedEnvironmentVariableException e) {
            throw new StartFailed(String.valueOf(e.getMessage()).strip(), e);
        } catch (IllegalArgumentException e) {
            throw new StartFailed(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartFailed("cannot be read: " + e.getMessage(), e);
        }
    }

    private static Document parse(Path file) throws IOException, ConfigurationException {
        return new YamlConfigurationFactory<>(Document.class, null, JSON, SYSTEM_PROPERTIES)
                .build(
                        new SubstitutingSourceProvider(
                                new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)),
                        file.toString());
    }

    private record Document(
            @JsonProperty(required = true) DatabaseSection database,
            @JsonProperty(required = true) Path keyset,
            Optional<AddressSection> rest,
            Optional<AddressSection> xds,
            Optional<List<TokenSection>> tokens,
            Optional<AccessSections.Oidc> oidc,
            Optional<AccessSections.Limits> limits,
            Optional<AlertSections.Alerts> alerts,
            Optional<PrometheusSection> prometheus,
            Optional<Integer> nodeRetentionHours,
            Optional<Integer> loadRetentionHours,
            Optional<Integer> experimentRetentionDays) {
        ControlPlaneConfig toConfig() throws IOException {
            List<Token> known = new ArrayList<>();
            for (TokenSection token : tokens.orElse(List.of())) {
                known.add(token.toToken());
            }
            return new ControlPlaneConfig(
                    new DatabaseAddress(database.url(), database.user(), database.secret()),
                    database.waitSeconds().map(Duration::ofSeconds).orElse(ControlPlaneConfig.DEFAULT_DATABASE_WAIT),
                    new ControlPlaneConfig.Keyset(keyset, false),
                    rest.map(r -> r.toAddress(8080)).orElseGet(() -> new Address("127.0.0.1", 8080)),
                    xds.map(x -> x.toAddress(18000)).orElseGet(() -> new Address("127.0.0.1", 18000)),
                    known,
                    retention(),
                    oidc.map(AccessSections.Oidc::toConfig),
                    limits.map(AccessSections.Limits::toLimits).orElse(RequestLimits.DEFAULT),
                    alerts.isPresent() ? alerts.get().toWebhooks() : List.of(),
                    prometheus.isPresent() ? Optional.of(prometheus.get().toConfig()) : Optional.empty());
        }

        private ControlPlaneConfig.Retention retention() {
            ControlPlaneConfig.Retention usual = ControlPlaneConfig.Retention.DEFAULT;
            if (loadRetentionHours.filter(hours -> hours < 1).isPresent()) {
                throw new IllegalArgumentException(
                        "loadRetentionHours " + loadRetentionHours.get() + " (expected: 1 at least)");
            }
            if (experimentRetentionDays.filter(days -> days < 1).isPresent()) {
                throw new IllegalArgumentException(
                        "experimentRetentionDays " + experimentRetentionDays.get() + " (expected: 1 at least)");
            }
            return new ControlPlaneConfig.Retention(
                    nodeRetentionHours.map(Duration::ofHours).orElse(usual.nodes()),
                    loadRetentionHours.map(Duration::ofHours).orElse(usual.load()),
                    experimentRetentionDays.map(Duration::ofDays).orElse(usual.experiments()));
        }
    }

    private record DatabaseSection(
            @JsonProperty(required = true) String url,
            @JsonProperty(required = true) String user,
            Optional<String> password,
            Optional<Path> passwordFile,
            Optional<Long> waitSeconds) {
        String secret() throws IOException {
            return oneOf("database", "password", password, "passwordFile", passwordFile);
        }

        @Override
        public String toString() {
            return user + " at " + url; // never the password
        }
    }

    private record AddressSection(Optional<String> host, Optional<Integer> port) {
        Address toAddress(int defaultPort) {
            return new Address(host.orElse("127.0.0.1"), port.orElse(defaultPort));
        }
    }

    private record TokenSection(
            @JsonProperty(required = true) String name,
            Optional<String> sha256,
            Optional<Path> file,
            Optional<String> role) {
        Token toToken() throws IOException {
            Role known = AccessSections.role("token " + name, role.orElse(Role.ADMIN.word()));
            if (sha256.isPresent() && file.isEmpty()) {
                return new Token(name, sha256.get(), known);
            }
            return Token.of(name, oneOf("token " + name, "sha256", Optional.empty(), "file", file), known);
        }
    }

    static String oneOf(String where, String inlineName, Optional<String> inline, String fileName, Optional<Path> file)
            throws IOException {
        if (inline.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException(where + " (expected: one of " + inlineName + " and " + fileName + ")");
        }
        return file.isPresent() ? Files.readString(file.get()).strip() : inline.orElseThrow();
    }
}
