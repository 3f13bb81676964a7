package io.signalbox.conformance;

import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the conformance cases. */
@Command(
        name = "conformance",
        description = {
            "Checks that proxies do with requests what Envoy does.",
            "",
            "Starts a control plane, backends and the targets, applies the resources of each case through the REST API, makes"
                    + " its requests on every target and compares. Exit code 1 if anything differs."
        })
public final class ConformanceCommand implements Callable<Integer> {
    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = {
                "What is put to the test: `envoy` (the one found), `envoy@RELEASE`, `envoy:VERSION`, `envoy:VERSION:sotw`, `reference` (the Java"
                        + " data plane), or http://HOST:PORT of a proxy that runs already, with --api and --token of its control"
                        + " plane. Repeatable; default: envoy and reference."
            })
    private List<String> targets = List.of("envoy", "reference");

    @Option(
            names = "--certificate",
            description = "Every supported Envoy release, state of the world and delta, and the Java data plane; writes"
                    + " certificate.md beside the reports.")
    private boolean certificate;

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description = "Only this suite with those below it, or only this SUITE/CASE. Repeatable.")
    private List<String> suites = List.of();

    @Option(names = "--list", description = "Only names the suites and their cases.")
    private boolean list;

    @Option(names = "--cases", paramLabel = "DIR", description = "Cases of your own: DIR/SUITE/CASE.yaml.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Where junit.xml and index.html go (default: a new temporary directory).")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--api", paramLabel = "URL", description = "The control plane of a target that runs already.")
    private Optional<String> api = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:SIGNALBOX_TOKEN:-}",
            description = "The token for --api (default: $SIGNALBOX_TOKEN).")
    private String token = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InvalidCaseException, EnvoyNotFoundException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<ConformanceCase> cases = chosen();
        if (list) {
            cases.forEach(c -> out.println(c.path() + "  " + c.title()));
            out.flush();
            return 0;
        }
        Runner runner = new Runner(cases, api.map(url -> new ApiClient(url, token)));
        List<CaseResult> results = runner.run(parsedTargets(), result -> {
            out.println(Reports.line(result));
            out.flush();
        });
        Path into = report.isPresent() ? report.get() : Files.createTempDirectory("signalbox-conformance-");
        Files.createDirectories(into);
        Reports.writeJUnitXml(into.resolve("junit.xml"), results);
        Reports.writeHtml(into.resolve("index.html"), results);
        if (certificate) {
            Certificate.write(into.resolve("certificate.md"), results);
            out.println("Certificate: " + into.resolve("certificate.md"));
        }
        out.println("Report: " + into.resolve("index.html"));
        out.println(Reports.explained(results));
        out.println(Reports.leftOut(results));
        out.println(Reports.summary(results));
        out.flush();
        return results.stream().noneMatch(CaseResult::failed) ? 0 : 1;
    }

    private List<ConformanceCase> chosen() throws IOException, InvalidCaseException {
        List<ConformanceCase> all = directory.isPresent() ? CaseFiles.in(directory.get()) : CaseFiles.shipped();
        for (String suite : suites) {
            if (all.stream().noneMatch(c -> isOf(c, suite))) {
                throw new ParameterException(
                        spec.commandLine(),
                        suite + " (expected: one of "
                                + all.stream()
                                        .map(ConformanceCase::suite)
                                        .distinct()
                                        .toList()
                                + " or SUITE/CASE; see --list)");
            }
        }
        return all.stream()
                .filter(c -> suites.isEmpty() || suites.stream().anyMatch(suite -> isOf(c, suite)))
                .toList();
    }

    private static boolean isOf(ConformanceCase testCase, String suite) {
        return testCase.suite().equals(suite)
                || testCase.path().equals(suite)
                || testCase.suite().startsWith(suite + "/");
    }

    private List<Target> parsedTargets() {
        if (certificate) {
            return Target.everyRelease();
        }
        try {
            List<Target> parsed = targets.stream().map(Target::parse).toList();
            if (api.isEmpty() && parsed.stream().anyMatch(Target.Url.class::isInstance)) {
                throw new IllegalArgumentException("a target that runs already needs --api and --token");
            }
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
