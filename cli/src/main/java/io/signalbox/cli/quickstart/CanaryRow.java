package io.signalbox.cli.quickstart;

import static io.signalbox.cli.quickstart.Check.reaches;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.rest.ApplyDocuments.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A release step by step, under traffic that never stops: 5, 10, 25, 50, 100 percent and back to 0 at once, each step one
 * write. The share of a step is taken from requests that begin after every proxy has acknowledged it, and may differ from
 * the weight by four standard deviations of a sample of that size: a right split fails once in 16,000 samples.
 */
final class CanaryRow implements Row {
    private static final EdgeRequest PAYMENT = EdgeRequest.get("/payment");
    private static final List<Integer> STEPS = List.of(5, 10, 25, 50, 100);
    private static final int CLIENTS = 2;
    private static final int SAMPLE = 800;

    /** As many in a row come from one pool by chance once in a million times when it gets half of them. */
    private static final int IN_A_ROW = 20;

    @Override
    public String title() {
        return "canary by weight and cookie";
    }

    @Override
    public Findings run(Shop shop) throws IOException, InterruptedException {
        Findings findings = new Findings(title());
        List<ResourceDocument> documents = shop.scenario().of("canary.yaml");
        shop.applyAndProbe(documents, client -> client.send(PAYMENT).pool().startsWith("payment"), findings);
        List<Check> cookies = List.of(
                reaches(PAYMENT.with("cookie", "canary=true"), "payment-v2"),
                reaches(PAYMENT.with("cookie", "theme=dark; canary=true"), "payment-v2"),
                reaches(PAYMENT.with("cookie", "canary=false"), "payment-v1"));
        shop.planes().forEach(plane -> FileRow.check(plane, cookies, findings));

        Map<Plane, Traffic> traffic = new LinkedHashMap<>();
        shop.planes().forEach(plane -> traffic.put(plane, Traffic.start(plane, PAYMENT, CLIENTS, true)));
        for (int percent : STEPS) {
            shop.apply(List.of(weighted(route(documents, "payment"), percent)), "canary to " + percent + " %");
            for (Map.Entry<Plane, Traffic> entry : traffic.entrySet()) {
                share(entry.getKey(), percent, entry.getValue(), findings);
            }
        }
        rollBack(shop, documents, traffic, findings);
        traffic.forEach((plane, of) -> {
            of.close();
            findings.add(plane, "no request fails", failures(of));
        });
        return findings;
    }

    /** Back at once and for everyone: those who carry the tester's cookie as well. */
    private static void rollBack(
            Shop shop, List<ResourceDocument> documents, Map<Plane, Traffic> traffic, Findings findings)
            throws IOException, InterruptedException {
        Result result = shop.apply(
                List.of(weighted(route(documents, "payment"), 0), weighted(route(documents, "payment-canary"), 0)),
                "canary rolled back");
        for (Map.Entry<Plane, Traffic> entry : traffic.entrySet()) {
            Plane plane = entry.getKey();
            share(plane, 0, entry.getValue(), findings);
            long last = entry.getValue().lastStart("payment-v2").orElse(result.sentNanos());
            findings.served(plane, Duration.ofNanos(Math.max(0, last - result.sentNanos())));
            FileRow.check(plane, List.of(reaches(PAYMENT.with("cookie", "canary=true"), "payment-v1")), findings);
        }
    }

    private static void share(Plane plane, int percent, Traffic traffic, Findings findings)
            throws InterruptedException {
        if (percent == 0 || percent == 100) {
            awaitAll(plane, PAYMENT, percent == 0 ? "payment-v1" : "payment-v2");
        }
        Map<String, Integer> counts = traffic.sample(SAMPLE);
        int size = counts.values().stream().mapToInt(Integer::intValue).sum();
        double share = 100.0 * counts.getOrDefault("payment-v2", 0) / Math.max(1, size);
        double tolerance = 4 * Math.sqrt(percent * (100.0 - percent) / Math.max(1, size));
        findings.add(
                plane,
                String.format(Locale.ROOT, "%d %% of %d requests reach payment-v2, ± %.1f", percent, size, tolerance),
                Math.abs(share - percent) <= tolerance
                        ? Optional.empty()
                        : Optional.of(String.format(Locale.ROOT, "%.1f %%, %s", share, counts)));
    }

    /** Where one stray request counts: Envoy's main thread acknowledges a change, and its workers follow a moment later. */
    static void awaitAll(Plane plane, EdgeRequest request, String pool) {
        Probe.start(plane, client -> {
                    for (int i = 0; i < IN_A_ROW; i++) {
                        if (!client.send(request).pool().equals(pool)) {
                            return false;
                        }
                    }
                    return true;
                })
                .join();
    }

    private static Optional<String> failures(Traffic traffic) {
        List<String> failures = traffic.failures();
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(failures.size() + " of " + traffic.requests() + " failed, first: " + failures.get(0));
    }

    private static ResourceDocument route(List<ResourceDocument> documents, String name) {
        return documents.stream()
                .filter(document -> document.title().equals("route " + name))
                .findFirst()
                .orElseThrow();
    }

    private static ResourceDocument weighted(ResourceDocument route, int percent) {
        ObjectNode spec = route.spec().deepCopy();
        ArrayNode pools = ((ObjectNode) spec.at("/action/forward")).putArray("pools");
        pools.addObject().put("pool", "payment-v1").put("weight", 100 - percent);
        pools.addObject().put("pool", "payment-v2").put("weight", percent);
        return new ResourceDocument(route.kind(), route.name(), route.labels(), spec, route.source());
    }
}
