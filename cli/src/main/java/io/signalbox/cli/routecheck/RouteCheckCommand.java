package io.signalbox.cli.routecheck;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs tests of a route configuration without a proxy. */
@Command(
        name = "route-check",
        description = {
            "Checks where a route configuration sends requests, without a proxy.",
            "",
            "Tests are in the format of Envoy's route table check tool. The library decides that the Java data plane uses."
        })
public final class RouteCheckCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config-path"},
            required = true,
            paramLabel = "ROUTES",
            description = "An Envoy RouteConfiguration, YAML or JSON.")
    private @Nullable Path routes;

    @Option(
            names = {"-t", "--test-path"},
            required = true,
            paramLabel = "TESTS",
            description = "The tests, YAML or JSON.")
    private @Nullable Path tests;

    @Option(
            names = {"-d", "--details"},
            description = "Says of every test whether it passed, and what differs.")
    private boolean details;

    @Option(names = "--only-show-failures", description = "Shows the tests that fail, with what differs.")
    private boolean onlyFailures;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        RouteTester tester = new RouteTester(RouteCheckFiles.routes(java.util.Objects.requireNonNull(routes)));
        int failed = 0;
        List<RouteTest> all = RouteCheckFiles.tests(java.util.Objects.requireNonNull(tests));
        for (RouteTest test : all) {
            List<String> failures = tester.failures(test);
            failed += failures.isEmpty() ? 0 : 1;
            if (details && !onlyFailures || !failures.isEmpty()) {
                out.println(test.name() + ": " + (failures.isEmpty() ? "passed" : "failed"));
                failures.forEach(failure -> out.println("  " + failure));
            }
        }
        out.println((all.size() - failed) + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }
}
