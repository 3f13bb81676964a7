package io.signalbox.controlplane.app;

import io.signalbox.controlplane.alert.Webhook;
import io.signalbox.controlplane.authentication.OidcConfig;
import io.signalbox.controlplane.prometheus.PrometheusConfig;
import io.signalbox.controlplane.rest.RequestLimits;
import io.signalbox.controlplane.store.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that a control plane has to be told.
 *
 * @param databaseWait how long to wait at the start for a database that does not answer yet
 * @param tokens who may use the REST API whatever tokens the database holds; possibly none
 * @param oidc whose JWTs are taken besides tokens
 * @param webhooks where alerts go; possibly none
 * @param prometheus whom to ask about canaries
 */
public record ControlPlaneConfig(
        DatabaseAddress database,
        Duration databaseWait,
        Keyset keyset,
        Address rest,
        Address xds,
        List<Token> tokens,
        Retention retention,
        Optional<OidcConfig> oidc,
        RequestLimits limits,
        List<Webhook> webhooks,
        Optional<PrometheusConfig> prometheus) {
    public static final Duration DEFAULT_DATABASE_WAIT = Duration.ofSeconds(60);

    public ControlPlaneConfig {
        tokens = List.copyOf(tokens);
        webhooks = List.copyOf(webhooks);
    }

    /** For trying and for tests: with the defaults for all that is not given, and callers may ask as often as they like. */
    public ControlPlaneConfig(DatabaseAddress database, Keyset keyset, Address rest, Address xds, List<Token> tokens) {
        this(
                database,
                DEFAULT_DATABASE_WAIT,
                keyset,
                rest,
                xds,
                tokens,
                Retention.DEFAULT,
                Optional.empty(),
                RequestLimits.NONE,
                List.of(),
                Optional.empty());
    }

    public ControlPlaneConfig withLimits(RequestLimits other) {
        return new ControlPlaneConfig(
                database, databaseWait, keyset, rest, xds, tokens, retention, oidc, other, webhooks, prometheus);
    }

    public ControlPlaneConfig withOidc(OidcConfig other) {
        return new ControlPlaneConfig(
                database,
                databaseWait,
                keyset,
                rest,
                xds,
                tokens,
                retention,
                Optional.of(other),
                limits,
                webhooks,
                prometheus);
    }

    public ControlPlaneConfig withWebhooks(List<Webhook> others) {
        return new ControlPlaneConfig(
                database, databaseWait, keyset, rest, xds, tokens, retention, oidc, limits, others, prometheus);
    }

    public ControlPlaneConfig withPrometheus(PrometheusConfig other) {
        return new ControlPlaneConfig(
                database,
                databaseWait,
                keyset,
                rest,
                xds,
                tokens,
                retention,
                oidc,
                limits,
                webhooks,
                Optional.of(other));
    }

    /**
     * How long what proxies did is remembered.
     *
     * @param nodes how long a proxy that left stays listed
     * @param load how long it is kept what proxies reported of the load on pools; one hour at least
     * @param experiments how long it is kept what they counted of experiments
     */
    public record Retention(Duration nodes, Duration load, Duration experiments) {
        public static final Retention DEFAULT =
                new Retention(Duration.ofHours(24), Duration.ofHours(24), Duration.ofDays(90));

        public Retention {
            if (load.compareTo(Duration.ofHours(1)) < 0) {
                throw new IllegalArgumentException("load is kept for " + load + " (expected: 1 hour at least)");
            }
        }
    }

    /**
     * @param file a cleartext Tink keyset in JSON
     * @param createIfMissing for trying things; in production a new keyset by accident would hide that the old one, and
     *     with it every stored private key, is lost
     */
    public record Keyset(Path file, boolean createIfMissing) {}
}
