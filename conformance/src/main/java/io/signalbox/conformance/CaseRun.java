package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.conformance.Proxy.Answer;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ApiException;
import io.signalbox.local.LocalProcessException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs cases one after the other on one bench. A case's resources and the removal of those of the case before are one
 * change set. For one thread.
 */
final class CaseRun {
    private static final Duration PROPAGATION = Duration.ofSeconds(10);
    private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();
    private static final String WAIT = "wait=applied&timeout=10s";

    private final Bench bench;
    private final ApiClient api;
    private final Backends backends;
    private final String run;
    private final Set<String> sharedPools = new HashSet<>();
    private List<Change> leftToDelete = List.of();
    private boolean markerExists;
    private int number;
    private int explained;

    CaseRun(Bench bench, Backends backends, String run) {
        this.bench = bench;
        this.api = bench.api();
        this.backends = backends;
        this.run = run;
    }

    void run(ConformanceCase testCase, Consumer<CaseResult> results) {
        number++;
        CaseResources resources = new CaseResources(backends, run, number, testCase);
        Optional<String> refusal = apply(testCase, resources);
        for (Proxy proxy : bench.proxies()) {
            long start = System.nanoTime();
            explained = 0;
            List<String> differences =
                    refusal.isPresent() ? List.of(refusal.get()) : onProxy(testCase, resources, proxy);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            results.accept(new CaseResult(testCase, proxy.name(), differences, time, explained));
        }
    }

    /** Why the control plane did not take the case, if so. */
    private Optional<String> apply(ConformanceCase testCase, CaseResources resources) {
        List<Change> changes = new ArrayList<>(leftToDelete);
        for (String pool : testCase.pools()) {
            if (!sharedPools.contains(pool)) {
                changes.add(CaseResources.sharedPool(run, pool, backends.get(pool)));
            }
        }
        testCase.olderResources().forEach(document -> changes.add(resources.put(document)));
        try {
            if (!testCase.olderResources().isEmpty()) {
                api.changeSet(testCase.path() + ", older resources", changes, "");
                changes.clear();
            }
            testCase.resources().forEach(document -> changes.add(resources.put(document)));
            changes.add(marker());
            api.changeSet(testCase.path(), changes, WAIT);
            sharedPools.addAll(testCase.pools());
            markerExists = true;
            leftToDelete = resources.deleteAll(testCase);
            return Optional.empty();
        } catch (ApiException | LocalProcessException e) {
            return Optional.of("the control plane does not take the case: " + e.getMessage());
        }
    }

    /** A route whose answer names the case: when a proxy gives it, its worker has the case's routes. An ACK comes earlier. */
    private Change marker() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putArray("hosts").add(markerHost());
        spec.putObject("match").putObject("path").put("exact", "/");
        spec.putObject("action").putObject("respond").put("status", 200).put("body", markerText());
        Expect expect = markerExists ? Expect.PRESENT : Expect.ABSENT;
        return new Change("route", run + "-marker", expect, Optional.of((JsonNode) spec), Map.of());
    }

    private String markerHost() {
        return run + ".marker.test";
    }

    private String markerText() {
        return "case " + number;
    }

    private List<String> onProxy(ConformanceCase testCase, CaseResources resources, Proxy proxy) {
        if (!awaitMarker(proxy)) {
            return List.of(
                    "the proxy does not have the case's routes after " + PROPAGATION + "; nodes: " + api.nodes());
        }
        List<String> differences = new ArrayList<>();
        for (Request request : testCase.requests()) {
            if (request.isFor(proxy.release())) {
                differences.addAll(check(request, resources, proxy));
            }
        }
        return differences;
    }

    private boolean awaitMarker(Proxy proxy) {
        long end = System.nanoTime() + PROPAGATION.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                if (proxy.get(markerHost(), "/").text().equals(markerText())) {
                    return true;
                }
            } catch (IOException e) {
                proxy.reconnect();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return false;
    }

    private List<String> check(Request request, CaseResources resources, Proxy proxy) {
        List<Answer> answers = new ArrayList<>();
        try {
            for (int i = 0; i < request.times(); i++) {
                answers.add(proxy.send(request));
            }
        } catch (IOException e) {
            proxy.reconnect();
            return List.of(request.label() + ": no answer: " + e);
        }
        List<String> differences = new ArrayList<>(Check.differences(request, answers, resources));
        if (proxy.isMeasure()) {
            differences.addAll(explanationDifferences(request, answers, resources));
        }
        return differences;
    }

    /** How explain differs from what a proxy did, where that is a matter of routing. */
    private List<String> explanationDifferences(Request request, List<Answer> answers, CaseResources resources) {
        List<Answer> routed = answers.stream()
                .filter(answer -> !ExplainCheck.isUpstreamFailure(request.method(), answer.response()))
                .toList();
        Optional<ObjectNode> question =
                ExplainRequests.of(Proxy.bytes(request), request.tls().isPresent() ? Bench.HTTPS : Bench.HTTP);
        if (routed.isEmpty() || question.isEmpty()) {
            return List.of();
        }
        explained++;
        ApiClient.Answer explanation =
                api.send("POST", "/api/v1/explain", question.map(JsonNode.class::cast), Map.of());
        return routed.stream()
                .flatMap(answer ->
                        ExplainCheck.differences(explanation.body(), answer.response(), resources::backendsOfStored)
                                .stream())
                .distinct()
                .map(difference -> request.label() + ": " + difference)
                .toList();
    }

    /** Removes what this run stored. */
    void cleanUp() {
        List<Change> changes = new ArrayList<>(leftToDelete);
        sharedPools.forEach(pool -> changes.add(CaseResources.deleteSharedPool(run, pool)));
        if (markerExists) {
            changes.add(new Change("route", run + "-marker", Expect.PRESENT, Optional.empty(), Map.of()));
            api.changeSet("end of conformance run " + run, changes, "");
        }
    }
}
