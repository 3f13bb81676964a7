package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.rest.RestApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how the variants of an experiment do, starts and stops it. */
@Command(
        name = "experiment",
        description = {
            "Shows how the variants of an experiment do, starts and stops it.",
            "",
            "  signalbox experiment report new-checkout --watch",
            "  signalbox experiment stop new-checkout --winner new_checkout",
            "",
            "See docs/experiments.md for what counts."
        })
final class ExperimentCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Mixin
    private ApiOptions api = new ApiOptions();

    /** Named as on the command line. */
    @SuppressWarnings("MemberName")
    enum Verb {
        report,
        start,
        stop
    }

    @Parameters(index = "0", paramLabel = "ACTION", description = "One of ${COMPLETION-CANDIDATES}.")
    private Verb verb = Verb.report;

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the experiment.")
    private String name = "";

    @Option(
            names = "--watch",
            description = "With report: show it again each 2 seconds, until it is stopped or Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--winner",
            paramLabel = "VARIANT",
            description = "With stop: whose pool and headers the routes get; else everybody goes to control.")
    private Optional<String> winner = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "With start and stop: why, for the history.")
    private Optional<String> reason = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        RestApi rest = api.connect();
        PrintWriter out = spec.commandLine().getOut();
        if (verb == Verb.report) {
            Watching.show(clear -> show(rest, clear, out), watch, PAUSE, out);
        } else {
            String query = winner.filter(variant -> verb == Verb.stop)
                    .map(variant -> "?winner=" + URLEncoder.encode(variant, StandardCharsets.UTF_8))
                    .orElse("");
            RestApi.Answer answer = rest.act("experiments/" + name + ":" + verb.name() + query, reason);
            out.println(name + " is " + answer.body().at("/status/phase").asText());
        }
        out.flush();
        return 0;
    }

    private boolean show(RestApi rest, String clear, PrintWriter out) throws IOException, InterruptedException {
        JsonNode report = rest.find("experiments/" + name + "/report")
                .orElseThrow(() -> new CommandFailure("there is no experiments/" + name))
                .body();
        out.print(clear);
        ExperimentText.print(report, out);
        return !report.path("phase").asText().equals("running");
    }
}
