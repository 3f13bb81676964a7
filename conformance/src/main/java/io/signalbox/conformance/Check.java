package io.signalbox.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.conformance.ConformanceCase.Expectation;
import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.conformance.ConformanceCase.Upstream;
import io.signalbox.conformance.Proxy.Answer;
import io.signalbox.local.RawResponse;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Compares what came back with what was expected. */
final class Check {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROXY = "the proxy itself";

    private final CaseResources resources;
    private final Set<String> differences = new LinkedHashSet<>();

    private Check(CaseResources resources) {
        this.resources = resources;
    }

    /** Every difference once, however many answers show it: {@code status: 404 (expected: 200)}. */
    static List<String> differences(Request request, List<Answer> answers, CaseResources resources) {
        Check check = new Check(resources);
        answers.forEach(answer -> check.one(request.expect(), answer));
        check.shares(request.expect(), answers);
        return check.differences.stream().map(d -> request.label() + ": " + d).toList();
    }

    private void one(Expectation expected, Answer answer) {
        RawResponse response = answer.response();
        String backend = response.backend().orElse(PROXY);
        expected.status()
                .or(() -> expected.fromBackend() ? Optional.of(200) : Optional.empty())
                .ifPresent(status -> equal("status", response.status(), status));
        expected.pool().ifPresent(pool -> {
            if (!resources.backendsOf(pool).contains(backend)) {
                differs("answered by", backend, "pool " + pool);
            }
        });
        expected.backend().ifPresent(name -> equal("answered by", backend, name));
        if (!expected.fromBackend() && expected.status().isPresent() && !backend.equals(PROXY)) {
            differs("answered by", backend, PROXY);
        }
        expected.location()
                .ifPresent(l -> equal("location", response.header("location").orElse("nothing"), l));
        expected.body().ifPresent(body -> equal("body", response.text().strip(), body));
        expected.headers().forEach((name, values) -> values(name, response.headers(name), values));
        expected.connection().ifPresent(c -> equal("connection", connection(response), c));
        expected.certificate().ifPresent(name -> certificate(answer, name));
        expected.upstream().ifPresent(upstream -> upstream(upstream, response));
    }

    private static String connection(RawResponse response) {
        boolean closes = response.headers("connection").stream().anyMatch(v -> v.equalsIgnoreCase("close"));
        return closes ? "closed" : "kept";
    }

    private void upstream(Upstream expected, RawResponse response) {
        try {
            JsonNode seen = JSON.readTree(response.text());
            expected.method()
                    .ifPresent(m ->
                            equal("method seen upstream", seen.path("method").asText(), m));
            expected.path()
                    .ifPresent(
                            p -> equal("path seen upstream", seen.path("path").asText(), p));
            expected.headers().forEach((name, values) -> {
                JsonNode lines = seen.path("headers").path(name.toLowerCase(Locale.ROOT));
                List<String> texts = StreamSupport.stream(lines.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
                values(name + " seen upstream", texts, values);
            });
        } catch (JsonProcessingException e) {
            differs("body", response.text(), "what an echo backend answers");
        }
    }

    private void values(String name, List<String> found, @Nullable List<String> expected) {
        List<String> wanted = expected == null ? List.of() : expected;
        if (!found.equals(wanted)) {
            differs(
                    name,
                    found.isEmpty() ? "nothing" : found.toString(),
                    expected == null ? "nothing" : wanted.toString());
        }
    }

    private void certificate(Answer answer, String dnsName) {
        List<String> names = answer.certificate().map(Check::dnsNames).orElse(List.of());
        if (!names.contains(dnsName)) {
            differs("certificate", names.toString(), dnsName);
        }
    }

    private static List<String> dnsNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                all.forEach(name -> names.add(String.valueOf(name.get(1))));
            }
        } catch (CertificateParsingException e) {
            names.add("unreadable: " + e.getMessage());
        }
        return names;
    }

    private void shares(Expectation expected, List<Answer> answers) {
        expected.share()
                .forEach((pool, percent) -> share(pool, percent, expected, answers, resources.backendsOf(pool)));
        expected.backendShare()
                .forEach((backend, percent) -> share(backend, percent, expected, answers, Set.of(backend)));
    }

    private void share(String of, double percent, Expectation expected, List<Answer> answers, Set<String> backends) {
        long hits = answers.stream()
                .filter(answer -> backends.contains(answer.response().backend().orElse(PROXY)))
                .count();
        double found = 100.0 * hits / answers.size();
        if (Math.abs(found - percent) > expected.tolerance() + 1e-9) {
            differs("share of " + of, found + " %", percent + " % ± " + expected.tolerance());
        }
    }

    private void equal(String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            differs(what, found.toString(), expected.toString());
        }
    }

    private void differs(String what, String found, String expected) {
        differences.add(what + ": " + found + " (expected: " + expected + ")");
    }
}
