package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    @Test
    void everyRowHoldsOnBothPlanes() {
        StringWriter output = new StringWriter();

        int exitCode =
                Main.commandLine().setOut(new PrintWriter(output)).execute("quickstart", "--once", "--require-envoy");

        assertThat(exitCode).as(output.toString()).isZero();
        assertThat(output.toString().stripTrailing().lines().toList())
                .last()
                .asString()
                .matches("[1-9][0-9]* passed, 0 failed");
    }
}
