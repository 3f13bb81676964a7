package io.signalbox.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.system.PythonTools.Finished;
import io.signalbox.local.ControlPlaneProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/api.md shows, with bash and curl against {@code signalbox dev}, and compares what it prints. */
class ApiTourTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");

    /** A command of the page, and the lines it shows below it. */
    private record Step(String command, List<String> printed) {}

    @Test
    void everyLineOfTheTourPrintsWhatThePageSays(@TempDir Path directory) throws Exception {
        List<Step> steps = steps(Files.readAllLines(PAGE));
        assertThat(steps).as("commands in " + PAGE).hasSizeGreaterThan(15);
        try (ControlPlaneProcess controlPlane = ControlPlaneProcess.start()) {
            Path script = Files.writeString(directory.resolve("tour.sh"), script(steps, controlPlane));

            Finished finished = Finished.run(directory, 120, List.of("bash", script.toString()));

            SoftAssertions all = new SoftAssertions();
            for (int i = 0; i < steps.size(); i++) {
                Path output = directory.resolve("out-" + i);
                assertThat(output).as("the script ended early: %s", finished).exists();
                all.assertThat(Files.readString(output).strip())
                        .as(steps.get(i).command())
                        .matches(pattern(steps.get(i).printed()));
            }
            all.assertAll();
        }
    }

    /** One shell runs all of it, so that later commands see the functions and variables of earlier ones. */
    private static String script(List<Step> steps, ControlPlaneProcess controlPlane) {
        StringBuilder script = new StringBuilder("export SIGNALBOX_URL=" + controlPlane.rest() + " SIGNALBOX_TOKEN="
                + controlPlane.token() + " no_proxy=127.0.0.1\n");
        for (int i = 0; i < steps.size(); i++) {
            script.append("{ ").append(steps.get(i).command()).append("\n} > out-" + i + " 2>&1\n");
        }
        return script.toString();
    }

    /** A step starts with "$ ", goes on with "> ", and what it prints follows. */
    private static List<Step> steps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        boolean console = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (console && line.startsWith("> ")) {
                Step last = steps.remove(steps.size() - 1);
                steps.add(new Step(last.command() + "\n" + line.substring(2), last.printed()));
            } else if (console) {
                steps.get(steps.size() - 1).printed().add(line);
            }
        }
        return steps;
    }

    private static Pattern pattern(List<String> printed) {
        return Pattern.compile(
                Stream.of(String.join("\n", printed).strip().split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*?")),
                Pattern.DOTALL);
    }
}
