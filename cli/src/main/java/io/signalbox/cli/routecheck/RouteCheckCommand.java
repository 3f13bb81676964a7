package io.signalbox.cli.routecheck;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    @Option(
            names = {"-f", "--fail-under"},
            paramLabel = "PERCENT",
            description =
                    "Fails when fewer percent of the routes, or with --covall of all that could be tested, are tested.")
    private double failUnder;

    @Option(
            names = "--covall",
            description = "Counts for the coverage what could be tested of every route, and says what is not tested.")
    private boolean covall;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        CheckedRoutes checked = RouteCheckFiles.routes(Objects.requireNonNull(routes));
        List<RouteTest> all = RouteCheckFiles.tests(Objects.requireNonNull(tests));
        RouteTester tester = new RouteTester(checked);
        Coverage coverage = new Coverage(checked.routes());
        int failed = 0;
        for (RouteTest test : all) {
            RouteTester.Result result = tester.run(test);
            coverage.add(result.route(), test);
            failed += result.failures().isEmpty() ? 0 : 1;
            print(test, result.failures(), out);
        }
        boolean covered = print(coverage, out);
        out.println((all.size() - failed) + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 && covered ? 0 : 1;
    }

    private void print(RouteTest test, List<String> failures, PrintWriter out) {
        if (details && !onlyFailures || !failures.isEmpty()) {
            out.println(test.name() + ": " + (failures.isEmpty() ? "passed" : "failed"));
            failures.forEach(failure -> out.println("  " + failure));
        }
    }

    /** Whether as much was tested as must be. */
    private boolean print(Coverage coverage, PrintWriter out) {
        if (covall) {
            coverage.missing().forEach(missing -> out.println("not tested: " + missing));
        }
        double percent = covall ? coverage.ofFields() : coverage.ofRoutes();
        out.printf(Locale.ROOT, "route coverage: %.1f %%%n", percent);
        if (percent < failUnder) {
            out.printf(Locale.ROOT, "route coverage is below %s %%%n", failUnder);
        }
        return percent >= failUnder;
    }
}
