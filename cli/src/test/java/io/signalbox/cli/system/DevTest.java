package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ControlPlaneProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevTest {
    @Test
    void keepsEverythingInItsDirectoryAndStartsAgainOnTheSamePorts(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        ControlPlaneProcess.Options options = new ControlPlaneProcess.Options(Optional.of(data), 0, 0, List.of());
        try (ControlPlaneProcess controlPlane = ControlPlaneProcess.start(options)) {
            String rest = controlPlane.rest();
            String token = controlPlane.token();
            assertThat(controlPlane.api().get("/api/v1/pools").body().path("items"))
                    .isEmpty();
            controlPlane.api().put("routes", "r", Specs.respond("/", "kept"), Expect.ABSENT);

            controlPlane.stop();
            controlPlane.restart();

            assertThat(controlPlane.rest()).isEqualTo(rest);
            assertThat(controlPlane.token()).isEqualTo(token);
            assertThat(controlPlane
                            .api()
                            .get("routes", "r")
                            .body()
                            .at("/spec/action/respond/body")
                            .asText())
                    .isEqualTo("kept");
            assertThat(Files.getPosixFilePermissions(data.resolve("token")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
