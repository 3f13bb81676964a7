package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.rest.RestApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how a canary does, and moves it on or back. */
@Command(
        name = "canary",
        description = {
            "Shows how a canary does, and moves it on or back.",
            "",
            "  signalbox canary status payment-v2 --watch",
            "  signalbox canary abort payment-v2 --reason \"carts are empty\"",
            "",
            "See docs/canaries.md for what each action does."
        })
final class CanaryCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Mixin
    private ApiOptions api = new ApiOptions();

    /** Named as on the command line. */
    @SuppressWarnings("MemberName")
    enum Verb {
        status,
        start,
        advance,
        promote,
        pause,
        resume,
        abort,
        finish
    }

    @Parameters(index = "0", paramLabel = "ACTION", description = "One of ${COMPLETION-CANDIDATES}.")
    private Verb verb = Verb.status;

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the canary.")
    private String name = "";

    @Option(names = "--watch", description = "With status: show it again each second, until it is over or Ctrl-C.")
    private boolean watch;

    @Option(names = "--reason", paramLabel = "TEXT", description = "With an action: why, for the history.")
    private Optional<String> reason = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        RestApi rest = api.connect();
        PrintWriter out = spec.commandLine().getOut();
        if (verb == Verb.status) {
            Watching.show(clear -> show(rest, clear, out), watch, PAUSE, out);
        } else {
            RestApi.Answer answer = rest.act("canaries/" + name + ":" + verb.name(), reason);
            CanaryText.printWhereItIs(answer.body(), out);
        }
        out.flush();
        return 0;
    }

    private boolean show(RestApi rest, String clear, PrintWriter out) throws IOException, InterruptedException {
        JsonNode canary = read(rest, "canaries/" + name);
        JsonNode analysis = read(rest, "canaries/" + name + "/analysis");
        out.print(clear);
        CanaryText.print(canary, analysis, Instant.now(), out);
        return CanaryText.isOver(canary);
    }

    private static JsonNode read(RestApi rest, String path) throws IOException, InterruptedException {
        return rest.find(path)
                .orElseThrow(() -> new CommandFailure("there is no " + path))
                .body();
    }
}
