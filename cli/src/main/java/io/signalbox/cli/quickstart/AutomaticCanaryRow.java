package io.signalbox.cli.quickstart;

import static io.signalbox.cli.quickstart.Check.reaches;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.rest.RestApi;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * A canary that nobody touches after its start, under traffic of users who keep no cookies. One that does well goes through all
 * five steps and is promoted. One whose servers begin to fail at 25 percent is back at 0 by itself.
 *
 * @param service whose pools are {@code service-v1} and {@code service-v2}
 */
record AutomaticCanaryRow(String title, String service, boolean fails) implements Row {
    private static final int CLIENTS = 2;
    private static final int SAMPLE = 400;
    private static final int FAILS_AT_STEP = 2;
    private static final double ERRORS = 0.2;
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);

    static Row succeeds(String service) {
        return new AutomaticCanaryRow("canary that goes on by itself", service, false);
    }

    static Row failsHalfway(String service) {
        return new AutomaticCanaryRow("canary that goes back by itself", service, true);
    }

    private EdgeRequest request() {
        return EdgeRequest.get("/" + service);
    }

    private String pool(int version) {
        return service + "-v" + version;
    }

    private String canary() {
        return "canaries/" + pool(2);
    }

    @Override
    public Findings run(Shop shop) throws IOException, InterruptedException {
        Findings findings = new Findings(title);
        List<ResourceDocument> documents = shop.scenario().of("automatic-canaries.yaml").stream()
                .filter(document -> document.name().startsWith(service))
                .toList();
        shop.applyAndProbe(documents, client -> client.send(request()).pool().equals(pool(1)), findings);
        Map<Plane, Traffic> traffic = new LinkedHashMap<>();
        shop.planes().forEach(plane -> traffic.put(plane, Traffic.start(plane, request(), CLIENTS, true)));
        Optional<String> failure = tell(shop);
        for (Plane plane : shop.planes()) {
            findings.add(plane, fails ? "is back at 0 %" : "goes through all steps", failure);
        }
        for (Map.Entry<Plane, Traffic> entry : traffic.entrySet()) {
            if (fails) {
                checkTheWayBack(entry.getKey(), entry.getValue(), findings);
            } else {
                checkTheEnd(entry.getKey(), entry.getValue(), findings);
            }
        }
        traffic.values().forEach(Traffic::close);
        return findings;
    }

    /** The story itself; what went otherwise. */
    private Optional<String> tell(Shop shop) throws IOException, InterruptedException {
        shop.api().write("POST", canary() + ":start", Map.of(), Optional.empty());
        try {
            if (fails) {
                await(shop, status -> status.path("step").asInt() == FAILS_AT_STEP);
                shop.backends().ofPool(pool(2)).forEach(backend -> backend.fail(ERRORS, 503));
            }
            String end = fails ? "failed" : "promoted";
            await(shop, status -> status.path("phase").asText().equals(end));
        } catch (TimeoutException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return fails ? Optional.empty() : stepsMissing(shop);
    }

    /** Whether a canary is where it is waited for. */
    private interface Condition {
        boolean holds(JsonNode status);
    }

    private void await(Shop shop, Condition condition) throws IOException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + LONGEST.toNanos();
        JsonNode status = status(shop.api());
        while (!condition.holds(status)) {
            if (System.nanoTime() > end) {
                JsonNode analysis =
                        shop.api().find(canary() + "/analysis").orElseThrow().body();
                throw new TimeoutException("it stays " + status + ", " + analysis);
            }
            Thread.sleep(PAUSE.toMillis());
            status = status(shop.api());
        }
    }

    private JsonNode status(RestApi api) throws IOException, InterruptedException {
        return api.find(canary()).orElseThrow().body().path("status");
    }

    /** Each step is a revision of its own, and none is left out. */
    private Optional<String> stepsMissing(Shop shop) throws IOException, InterruptedException {
        List<String> reasons = shop.api().list("revisions").stream()
                .map(revision -> revision.path("reason").asText())
                .toList();
        long advanced = count(reasons, "Advance canary " + pool(2));
        long promoted = count(reasons, "Promote canary " + pool(2));
        return advanced == 4 && promoted == 1
                ? Optional.empty()
                : Optional.of(advanced + " times to the next step and " + promoted + " times promoted: " + reasons);
    }

    private static long count(List<String> reasons, String begin) {
        return reasons.stream().filter(reason -> reason.startsWith(begin)).count();
    }

    private void checkTheEnd(Plane plane, Traffic traffic, Findings findings) {
        FileRow.check(plane, List.of(reaches(request(), pool(2))), findings);
        List<String> failures = traffic.failures();
        findings.add(
                plane,
                "no request fails",
                failures.isEmpty() ? Optional.empty() : Optional.of(failures.size() + ", first: " + failures.get(0)));
    }

    private void checkTheWayBack(Plane plane, Traffic traffic, Findings findings) throws InterruptedException {
        CanaryRow.awaitAll(plane, request(), pool(1)); // proxies have the revision a moment after it is committed
        int before = traffic.failures().size();
        Map<String, Integer> after = traffic.sample(SAMPLE);
        findings.add(
                plane,
                "no user is on " + pool(2) + " any more, and no request fails",
                after.keySet().equals(Set.of(pool(1))) && traffic.failures().size() == before
                        ? Optional.empty()
                        : Optional.of(after + ", " + (traffic.failures().size() - before) + " failed"));
        FileRow.check(plane, List.of(reaches(request().with("cookie", "canary=true"), pool(1))), findings);
        Optional<Long> first = traffic.firstFailure();
        Optional<Long> last = traffic.lastStart(pool(2));
        if (first.isPresent() && last.isPresent()) {
            findings.served(plane, Duration.ofNanos(Math.max(0, last.get() - first.get())));
        }
    }
}
