package io.signalbox.cli.quickstart;

import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.rest.ApplyDocuments;
import io.signalbox.cli.rest.ApplyDocuments.Result;
import io.signalbox.cli.rest.RestApi;
import io.signalbox.cli.rest.RestApi.WriteMode;
import io.signalbox.local.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the rows work with: the scenario, the servers behind it, the planes in front of it and the REST API. */
record Shop(Scenario scenario, Backends backends, List<Plane> planes, RestApi api, TestCertificates authority) {

    /** Writes documents as one change and waits until every proxy has acknowledged it. */
    Result apply(List<ResourceDocument> documents, String reason) throws IOException, InterruptedException {
        return new ApplyDocuments(api).apply(documents, Optional.of(reason), WriteMode.AWAIT_PROXIES);
    }

    /**
     * Writes documents and notes how long it takes each plane, from the moment the write is sent, to serve them. A
     * refusal by a proxy, or a plane that does not serve the change, is a failed check.
     */
    void applyAndProbe(List<ResourceDocument> documents, Probe.Question served, Findings findings)
            throws IOException, InterruptedException {
        Map<Plane, CompletableFuture<Optional<Long>>> probes = new LinkedHashMap<>();
        planes.forEach(plane -> probes.put(plane, Probe.start(plane, served)));
        Result result = apply(documents, findings.row());
        for (Map.Entry<Plane, CompletableFuture<Optional<Long>>> probe : probes.entrySet()) {
            Plane plane = probe.getKey();
            Optional<Long> when = probe.getValue().join();
            when.ifPresent(nanos -> findings.served(plane, Duration.ofNanos(nanos - result.sentNanos())));
            Optional<String> refusal = result.refusals().stream()
                    .filter(text -> text.startsWith(plane.nodeId()))
                    .findFirst();
            findings.add(
                    plane,
                    "the change is served",
                    when.isPresent() && refusal.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    refusal.map(text -> "refused: " + text).orElse("not within 20 s")));
        }
    }
}
