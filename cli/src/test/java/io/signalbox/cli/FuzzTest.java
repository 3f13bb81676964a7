package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.conformance.Target;
import io.signalbox.conformance.fuzz.Fuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few tables of one seed; {@code signalbox fuzz} does as many as one likes. */
class FuzzTest {
    @TempDir
    Path cases;

    @Test
    void envoyAndTheJavaDataPlaneDoTheSame() throws Exception {
        Fuzz fuzz = new Fuzz(42, 0, 4, 100, cases, System.out::println);

        Fuzz.Result result = fuzz.run(Target.parse("envoy"), new Target.Reference());

        assertThat(result.differences()).isEmpty();
        assertThat(result.requests()).isEqualTo(400);
    }
}
