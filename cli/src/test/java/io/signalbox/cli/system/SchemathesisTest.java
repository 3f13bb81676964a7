package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.system.PythonTools.Finished;
import io.signalbox.local.ControlPlaneProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OpenAPI document against {@code signalbox dev}: requests made from it, right and wrong ones, alone and in sequences;
 * every answer must be one that the document describes. With few examples and a fixed seed; docs/api.md says how to run
 * more of it.
 */
class SchemathesisTest {
    private static final Path API = Path.of("..", "api").toAbsolutePath().normalize();
    private static final String SEED = "20260704";
    private static final String EXAMPLES = "10";

    @Test
    void theServerDoesWhatItsDocumentSays(@TempDir Path directory) throws Exception {
        PythonTools tools = PythonTools.install(API.resolve("schemathesis-requirements.txt"));
        try (ControlPlaneProcess controlPlane = ControlPlaneProcess.start()) {
            Finished finished = Finished.run(
                    directory,
                    600,
                    List.of(
                            tools.program("schemathesis").toString(),
                            "--config-file",
                            API.resolve("schemathesis.toml").toString(),
                            "run",
                            controlPlane.rest() + "/openapi.json",
                            "--header",
                            "Authorization: Bearer " + controlPlane.token(),
                            "--seed",
                            SEED,
                            "--max-examples",
                            EXAMPLES,
                            "--generation-database",
                            "none",
                            "--no-color"));

            assertThat(finished.status()).as("%s", finished).isZero();
            // A phase that did not run, or found nothing to do, does not fail by itself.
            assertThat(finished.output())
                    .contains("✅ Examples", "✅ Coverage", "✅ Fuzzing", "✅ Stateful", "Seed: " + SEED);
        }
    }

    @Test
    void theDocumentIsValidOpenApi(@TempDir Path directory) throws Exception {
        PythonTools tools = PythonTools.install(API.resolve("schemathesis-requirements.txt"));
        Path document = API.resolve("src/main/resources/io/signalbox/api/openapi.yaml");

        Finished finished = Finished.run(
                directory, 60, List.of(tools.program("openapi-spec-validator").toString(), document.toString()));

        assertThat(finished.status()).as("%s", finished).isZero();
    }
}
