package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.conformance.Proxy.Answer;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.ApiException;
import io.signalbox.local.LocalProcessException;
import io.signalbox.local.RawResponse;
import io.signalbox.local.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
    // The one before is kept until the next is there, as proxies may still look after its servers.
    private final Deque<CaseSetting> settings = new ArrayDeque<>();

    CaseRun(Bench bench, Backends backends, String run) {
        this.bench = bench;
        this.api = bench.api();
        this.backends = backends;
        this.run = run;
    }

    void run(ConformanceCase testCase, Consumer<CaseResult> results) {
        List<Proxy> proxies = new ArrayList<>();
        for (Proxy proxy : bench.proxies()) {
            Optional<String> reason = reasonToLeaveOut(testCase, proxy);
            reason.ifPresentOrElse(
                    why -> results.accept(CaseResult.leftOut(testCase, proxy.name(), why)), () -> proxies.add(proxy));
        }
        if (proxies.isEmpty()) {
            return;
        }
        number++;
        CaseSetting setting = new CaseSetting(testCase, backends, bench.authorities());
        CaseTexts texts = new CaseTexts(run, number, testCase, setting);
        CaseResources resources = new CaseResources(testCase, setting, texts);
        Optional<String> refusal =
                apply(testCase, resources, proxies.size() == bench.proxies().size());
        settings.addLast(setting);
        if (settings.size() > 1) {
            settings.removeFirst().close();
        }
        for (Proxy proxy : proxies) {
            long start = System.nanoTime();
            explained = 0;
            UnaryOperator<String> filled = text -> texts.fillIn(text, proxy.offset());
            List<String> differences = refusal.isPresent()
                    ? List.of(refusal.get())
                    : onProxy(testCase, new Site(proxy, setting, resources, filled));
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            results.accept(new CaseResult(testCase, proxy.name(), differences, time, explained));
        }
    }

    /** Empty when at least one of its requests is to be made there. */
    private static Optional<String> reasonToLeaveOut(ConformanceCase testCase, Proxy proxy) {
        if (!testCase.releases().has(proxy.release())) {
            return Optional.of("for Envoy " + testCase.releases());
        }
        if (testCase.requests().stream().anyMatch(request -> isFor(request, proxy))) {
            return Optional.empty();
        }
        String reasons = testCase.requests().stream()
                .map(request -> request.releases().has(proxy.release())
                        ? "needs a listener that this target was not told of"
                        : "for Envoy " + request.releases())
                .distinct()
                .collect(Collectors.joining("; "));
        return Optional.of(reasons);
    }

    private static boolean isFor(Request request, Proxy proxy) {
        return request.releases().has(proxy.release()) && proxy.has(request.door());
    }

    /**
     * A proxy with a case on it.
     *
     * @param texts fills in what the case left open
     */
    private record Site(Proxy proxy, CaseSetting setting, CaseResources resources, UnaryOperator<String> texts) {}

    /**
     * Why the control plane did not take the case, if so.
     *
     * @param forAll whether every proxy has to acknowledge it
     */
    private Optional<String> apply(ConformanceCase testCase, CaseResources resources, boolean forAll) {
        List<Change> changes = new ArrayList<>(leftToDelete);
        for (String pool : testCase.pools()) {
            if (!sharedPools.contains(pool)) {
                changes.add(CaseResources.sharedPool(run, pool, backends.get(pool)));
            }
        }
        testCase.olderResources().forEach(document -> changes.add(resources.put(document, Expect.ABSENT)));
        try {
            if (!testCase.olderResources().isEmpty()) {
                api.changeSet(testCase.path() + ", older resources", changes, forAll ? WAIT : "");
                changes.clear();
            }
            for (Document document : testCase.resources()) {
                Expect expect = testCase.replaces(document) ? Expect.PRESENT : Expect.ABSENT;
                changes.add(resources.put(document, expect));
            }
            changes.add(marker());
            String query = forAll ? WAIT : "";
            api.changeSet(testCase.path(), changes, query);
            sharedPools.addAll(testCase.pools());
            markerExists = true;
            leftToDelete = resources.deleteAll(testCase);
            testCase.actions().forEach(action -> api.post(resources.path(action, query)));
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

    private List<String> onProxy(ConformanceCase testCase, Site site) {
        Proxy proxy = site.proxy();
        if (!awaitMarker(proxy) || !awaitListeners(testCase, site)) {
            return List.of("the proxy does not have the case's routes and listeners after " + PROPAGATION + "; nodes: "
                    + api.nodes());
        }
        proxy.output().ifPresent(LogTail::skip);
        List<String> differences = new ArrayList<>();
        for (Request request : testCase.requests()) {
            if (isFor(request, proxy)) {
                Request filled = request.fillIn(site.texts());
                differences.addAll(check(filled, site));
                if (filled.isRepeated() && speaksHttp(filled.door(), site)) {
                    differences.addAll(check(filled.overHttp2(), site));
                }
            }
        }
        if (!testCase.listeners().isEmpty()) {
            proxy.reconnect();
        }
        return differences;
    }

    private static boolean speaksHttp(Door door, Site site) {
        return door.listener().stream().allMatch(site.setting()::isHttp);
    }

    private boolean awaitListeners(ConformanceCase testCase, Site site) {
        for (String listener : testCase.listeners()) {
            int port = site.setting().port(listener).orElseThrow();
            boolean listens = Waiting.until(PROPAGATION, () -> Optional.of(port).filter(site.proxy()::listensAt))
                    .isPresent();
            if (!listens) {
                return false;
            }
        }
        return true;
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

    private List<String> check(Request request, Site site) {
        Proxy proxy = site.proxy();
        List<Answer> answers = new ArrayList<>();
        site.setting().restart();
        try {
            for (int i = 0; i < request.times(); i++) {
                answers.add(request.awaited() ? await(request, site) : proxy.send(request, site.setting()));
            }
        } catch (IOException e) {
            proxy.reconnect();
            return List.of(request.label() + ": neither an answer nor an end: " + e);
        }
        List<String> differences = new ArrayList<>(Check.differences(request, answers, site.resources()));
        differences.addAll(AskedCheck.differences(request, site.setting()));
        differences.addAll(logDifferences(request, proxy, speaksHttp(request.door(), site)));
        boolean known = request.door().preamble().isEmpty() && !request.door().http3();
        if (proxy.isMeasure() && request.explained() && known && !request.door().http2()) {
            differences.addAll(explanationDifferences(request, answers, site));
        }
        return differences;
    }

    /** The first answer that is as expected, or the last one before the time is up. */
    private static Answer await(Request request, Site site) throws IOException {
        long end = System.nanoTime() + PROPAGATION.toNanos();
        while (true) {
            Answer answer = site.proxy().send(request, site.setting());
            if (Check.differences(request, List.of(answer), site.resources()).isEmpty()
                    || System.nanoTime() - end > 0) {
                return answer;
            }
            site.proxy().drop(request.door());
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * A line that must not be there shows as the one before the next that must. Only where there are requests: else those are
     * logged, too, who looked whether the proxy listens.
     */
    private static List<String> logDifferences(Request request, Proxy proxy, boolean ofRequests) {
        if (request.expect().accessLog().isEmpty() || proxy.output().isEmpty()) {
            return List.of();
        }
        String expected = request.expect().accessLog().get();
        Optional<String> line = proxy.output().get().next();
        while (!ofRequests && line.isPresent() && !line.get().equals(expected)) {
            line = proxy.output().get().next();
        }
        Differences differences = new Differences();
        differences.equal("access log", line.orElse("nothing"), expected);
        return differences.of(request.label());
    }

    /** How explain differs from what a proxy did, where that is a matter of routing. */
    private List<String> explanationDifferences(Request request, List<Answer> answers, Site site) {
        List<RawResponse> routed = answers.stream()
                .flatMap(answer -> answer.response().stream())
                .filter(response -> !ExplainCheck.isUpstreamFailure(request.method(), response))
                .toList();
        Optional<ObjectNode> question = explainedListener(request.door(), site)
                .flatMap(listener -> ExplainRequests.of(RequestBytes.of(request), listener));
        question.ifPresent(asked -> request.door().from().ifPresent(from -> asked.put("client", from)));
        if (routed.isEmpty() || question.isEmpty()) {
            return List.of();
        }
        explained++;
        ApiClient.Answer explanation =
                api.send("POST", "/api/v1/explain", question.map(JsonNode.class::cast), Map.of());
        return routed.stream()
                .flatMap(response ->
                        ExplainCheck.differences(explanation.body(), response, site.resources()::backendsOfStored)
                                .stream())
                .distinct()
                .map(difference -> request.label() + ": " + difference)
                .toList();
    }

    private static Optional<String> explainedListener(Door door, Site site) {
        if (door.listener().isEmpty()) {
            return Optional.of(door.tls().isPresent() ? Bench.HTTPS : Bench.HTTP);
        }
        return door.listener()
                .filter(site.setting()::isHttp)
                .map(listener -> site.texts().apply("${listener " + listener + "}"));
    }

    /** Removes what this run stored. */
    void cleanUp() {
        List<Change> changes = new ArrayList<>(leftToDelete);
        sharedPools.forEach(pool -> changes.add(CaseResources.deleteSharedPool(run, pool)));
        if (markerExists) {
            changes.add(new Change("route", run + "-marker", Expect.PRESENT, Optional.empty(), Map.of()));
            api.changeSet("end of conformance run " + run, changes, "");
        }
        settings.forEach(CaseSetting::close);
    }
}
