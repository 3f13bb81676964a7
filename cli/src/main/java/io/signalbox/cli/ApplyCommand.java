package io.signalbox.cli;

import io.signalbox.cli.files.InvalidFilesException;
import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.files.ResourceFiles;
import io.signalbox.cli.rest.ApplyDocuments;
import io.signalbox.cli.rest.ApplyDocuments.Outcome;
import io.signalbox.cli.rest.ApplyDocuments.Result;
import io.signalbox.cli.rest.RestApi.WriteMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the control plane hold what files say: all of it in one revision, or nothing. */
@Command(
        name = "apply",
        description = {
            "Makes the control plane hold what files say: all of it in one revision, or nothing.",
            "",
            "A file holds YAML documents with kind, name, labels and spec; a directory stands for its *.yaml files. "
                    + "In a certificate, \"@FILE\" is the content of that file. Resources that no file names are left alone."
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR",
            description = "What to apply; repeat it for more.")
    private List<Path> files = List.of();

    @Option(names = "--dry-run", description = "Check everything and show what would change, without writing.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Wait until every connected proxy has acknowledged it, up to 10 seconds.")
    private boolean wait;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the history.")
    private Optional<String> reason = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<ResourceDocument> documents = load();
        WriteMode mode = dryRun ? WriteMode.DRY_RUN : wait ? WriteMode.AWAIT_PROXIES : WriteMode.STORE;
        Result result = new ApplyDocuments(api.connect()).apply(documents, reason, mode);
        print(result);
        result.refusals().forEach(refusal -> spec.commandLine().getErr().println("refused by " + refusal));
        if (mode == WriteMode.AWAIT_PROXIES && !result.applied()) {
            throw new CommandFailure("stored, but not every proxy has acknowledged it; see `signalbox nodes`");
        }
        return 0;
    }

    private List<ResourceDocument> load() throws IOException {
        try {
            List<ResourceDocument> documents = ResourceFiles.load(files);
            if (documents.isEmpty()) {
                throw new CommandFailure("nothing to apply: no YAML document in " + files);
            }
            return documents;
        } catch (InvalidFilesException e) {
            throw new CommandFailure(String.join(System.lineSeparator(), e.problems()), e);
        }
    }

    private void print(Result result) {
        PrintWriter out = spec.commandLine().getOut();
        for (Outcome outcome : result.outcomes()) {
            out.printf("%-9s %s%n", outcome.word(), outcome.document().title());
            if (outcome.word().equals("updated")) {
                SpecDifference.between(outcome.before(), outcome.after()).forEach(line -> out.println("  " + line));
            }
        }
        String summary = result.changed() + " of " + result.outcomes().size();
        out.println(
                dryRun
                        ? summary + " would change; nothing was written"
                        : summary + " changed; revision " + result.revision());
        out.flush();
    }
}
