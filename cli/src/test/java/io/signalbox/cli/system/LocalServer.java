package io.signalbox.cli.system;

import io.signalbox.controlplane.app.Address;
import io.signalbox.controlplane.app.ControlPlane;
import io.signalbox.controlplane.app.ControlPlaneConfig;
import io.signalbox.controlplane.app.ControlPlaneConfig.Keyset;
import io.signalbox.controlplane.app.StartFailed;
import io.signalbox.controlplane.app.Token;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.envoy.EnvoyBootstrap.HostPort;
import io.signalbox.local.ApiClient;
import io.signalbox.local.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.List;

/** A control plane of this JVM whose database the test has in its hands. */
record LocalServer(EmbeddedDatabase database, ControlPlane controlPlane) implements AutoCloseable {
    private static final String TOKEN = "secret";

    static LocalServer start(Path directory) throws StartFailed {
        EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY);
        try {
            return new LocalServer(
                    database,
                    ControlPlane.start(new ControlPlaneConfig(
                            new DatabaseAddress(database.jdbcUrl(), database.user(), database.password()),
                            new Keyset(directory.resolve("keyset.json"), true),
                            new Address("127.0.0.1", 0),
                            new Address("127.0.0.1", 0),
                            List.of(Token.of("test", TOKEN)))));
        } catch (StartFailed e) {
            database.close();
            throw e;
        }
    }

    ApiClient api() {
        return new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), TOKEN);
    }

    HostPort xds() {
        return new HostPort("127.0.0.1", controlPlane.xdsPort());
    }

    @Override
    public void close() {
        controlPlane.close();
        database.close();
    }
}
