package io.signalbox.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.authentication.Secret;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.local.ApiClient;
import io.signalbox.testkit.PostgresExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FirstTokenTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    @Test
    void isMadeOnceAndOnlyWhereThereIsNone() throws Exception {
        try (ControlPlane configured = start(List.of(Token.of("ops", "secret")))) {
            assertThat(configured.firstSecret()).isEmpty();
        }
        Optional<Secret> first;
        try (ControlPlane bare = start(List.of())) {
            first = bare.firstSecret();
            assertThat(first).isPresent();
            assertThat(first.toString()).doesNotContain(Secret.PREFIX);
            assertThat(tokens(bare, first.get().text())).isEqualTo(200);
        }
        try (ControlPlane again = start(List.of())) {
            assertThat(again.firstSecret()).isEmpty();
            assertThat(tokens(again, first.orElseThrow().text())).isEqualTo(200);
        }
    }

    private static int tokens(ControlPlane controlPlane, String secret) throws Exception {
        ApiClient api = new ApiClient("http://127.0.0.1:" + controlPlane.restPort(), secret);
        return api.get("/api/v1/tokens").status();
    }

    private static ControlPlane start(List<Token> tokens) throws StartFailed {
        Address anyPort = new Address("127.0.0.1", 0);
        return ControlPlane.start(new ControlPlaneConfig(
                Replica.address(POSTGRES.database()),
                new ControlPlaneConfig.Keyset(directory.resolve("keyset.json"), true),
                anyPort,
                anyPort,
                tokens));
    }
}
