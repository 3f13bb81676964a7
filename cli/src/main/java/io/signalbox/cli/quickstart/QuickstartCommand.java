package io.signalbox.cli.quickstart;

import io.signalbox.cli.CommandFailure;
import io.signalbox.cli.Shutdown;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything on one machine, with the base scenario. */
@Command(
        name = "quickstart",
        description = {
            "Runs everything on this machine: Postgres, control plane, echo servers, a real Envoy and the Java data plane, "
                    + "with the scenario of examples/base-scenario applied through the public API.",
            "",
            "Without --once it runs until Ctrl-C and leaves nothing behind."
        })
public final class QuickstartCommand implements Callable<Integer> {
    @Option(names = "--once", description = "Walk through the scenario, check each row on both planes, and exit.")
    private boolean once;

    @Option(names = "--require-envoy", description = "A missing Envoy is an error.")
    private boolean requireEnvoy;

    @Option(
            names = "--envoy-version",
            paramLabel = "VERSION",
            description =
                    "The Envoy to fetch and run, 1.36.4 for instance. Default: ENVOY_BIN, else the one on PATH, else "
                            + EnvoyBinary.PINNED_VERSION + ".")
    private Optional<String> envoyVersion = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Progress progress = new Progress(spec.commandLine().getOut());
        Optional<EnvoyBinary> envoy = findEnvoy(progress);
        return once ? walkThrough(envoy, progress) : run(envoy, progress);
    }

    private Optional<EnvoyBinary> findEnvoy(Progress progress) {
        progress.begin("looking for an Envoy (the first time one is downloaded)");
        try {
            EnvoyBinary found = envoyVersion.isPresent() ? EnvoyBinary.version(envoyVersion.get()) : EnvoyBinary.find();
            progress.end(found.version() + " at " + found.path());
            return Optional.of(found);
        } catch (EnvoyNotFoundException e) {
            progress.end("NOT FOUND");
            if (requireEnvoy) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
            PrintWriter err = spec.commandLine().getErr();
            err.println("WARNING: there is no Envoy; ONLY THE JAVA DATA PLANE IS RUN.");
            err.println(e.getMessage());
            err.flush();
            return Optional.empty();
        }
    }

    private int walkThrough(Optional<EnvoyBinary> envoy, Progress progress) throws IOException, InterruptedException {
        Walkthrough walkthrough;
        try (LocalStack stack = LocalStack.start(envoy, progress)) {
            Shop shop = stack.shop();
            walkthrough = new Walkthrough(shop.planes(), envoy.isPresent() ? List.of() : List.of("Envoy"));
            walkthrough.run(shop, BaseRows.all(), progress);
        }
        walkthrough.report(spec.commandLine().getOut());
        return walkthrough.failed() == 0 ? 0 : 1;
    }

    private int run(Optional<EnvoyBinary> envoy, Progress progress) throws IOException, InterruptedException {
        LocalStack stack = LocalStack.start(envoy, progress);
        Shutdown.onSignal(stack::close);
        Shop shop = stack.shop();
        progress.begin("base scenario");
        shop.apply(shop.scenario().all(), "quickstart");
        progress.end(shop.scenario().all().size() + " resources");
        new Guide(stack, shop).print(spec.commandLine().getOut());
        Shutdown.await();
        return 0;
    }
}
