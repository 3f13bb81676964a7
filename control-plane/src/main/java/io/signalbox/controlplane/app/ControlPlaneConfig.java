package io.signalbox.controlplane.app;

import io.signalbox.controlplane.store.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * All that a control plane has to be told.
 *
 * @param databaseWait how long to wait at the start for a database that does not answer yet
 * @param tokens who may use the REST API; at least one
 * @param nodeRetention how long a proxy that left stays listed
 */
public record ControlPlaneConfig(
        DatabaseAddress database,
        Duration databaseWait,
        Keyset keyset,
        Address rest,
        Address xds,
        List<Token> tokens,
        Duration nodeRetention) {
    public static final Duration DEFAULT_DATABASE_WAIT = Duration.ofSeconds(60);
    public static final Duration DEFAULT_NODE_RETENTION = Duration.ofHours(24);

    public ControlPlaneConfig {
        tokens = List.copyOf(tokens);
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("no tokens (expected: at least one, or nobody can use the API)");
        }
    }

    /** With the defaults for all that is not given. */
    public ControlPlaneConfig(DatabaseAddress database, Keyset keyset, Address rest, Address xds, List<Token> tokens) {
        this(database, DEFAULT_DATABASE_WAIT, keyset, rest, xds, tokens, DEFAULT_NODE_RETENTION);
    }

    /**
     * @param file a cleartext Tink keyset in JSON
     * @param createIfMissing for trying things; in production a new keyset by accident would hide that the old one, and
     *     with it every stored private key, is lost
     */
    public record Keyset(Path file, boolean createIfMissing) {}
}
