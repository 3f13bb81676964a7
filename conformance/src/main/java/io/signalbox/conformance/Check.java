package io.signalbox.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.conformance.Proxy.Answer;
import io.signalbox.local.ClientTls;
import io.signalbox.local.RawResponse;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what came back with what was expected. */
final class Check {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROXY = "the proxy itself";

    private final CaseResources resources;
    private final Differences differences = new Differences();

    private Check(CaseResources resources) {
        this.resources = resources;
    }

    /** Every difference once, however many answers show it: {@code status: 404 (expected: 200)}. */
    static List<String> differences(Request request, List<Answer> answers, CaseResources resources) {
        Check check = new Check(resources);
        answers.forEach(answer -> check.one(request.expect(), answer));
        check.shares(request.expect().answered(), answers);
        return check.differences.of(request.label());
    }

    private void one(Expectation expected, Answer answer) {
        if (expected.refused()) {
            answer.response().ifPresent(r -> differences.add("answered", "status " + r.status(), "no answer"));
            answer.bytes().ifPresent(bytes -> differences.add("answered", bytes, "no answer"));
        } else if (answer.bytes().isPresent()) {
            expected.bytes()
                    .ifPresent(
                            bytes -> differences.equal("bytes", answer.bytes().get(), bytes));
            expected.certificate().ifPresent(name -> certificate(answer, name));
        } else if (answer.response().isEmpty()) {
            differences.add("no answer", answer.fault(), "an answer");
        } else {
            response(expected, answer.response().get());
            expected.certificate().ifPresent(name -> certificate(answer, name));
            expected.tls().forEach((field, value) -> session(field, value, answer));
            expected.tunnel()
                    .ifPresent(text -> differences.equal(
                            "through the tunnel", answer.tunnel().orElse("nothing"), text));
        }
    }

    private void response(Expectation expected, RawResponse response) {
        Expectation.Answered answered = expected.answered();
        String backend = response.backend().orElse(PROXY);
        expected.status()
                .or(() -> answered.fromBackend() ? Optional.of(200) : Optional.empty())
                .ifPresent(status -> differences.equal("status", response.status(), status));
        answered.pool().ifPresent(pool -> {
            if (!resources.backendsOf(pool).contains(backend)) {
                differences.add("answered by", backend, "pool " + pool);
            }
        });
        answered.backend().ifPresent(name -> differences.equal("answered by", backend, name));
        if (!answered.fromBackend() && expected.status().isPresent() && !backend.equals(PROXY)) {
            differences.add("answered by", backend, PROXY);
        }
        expected.location()
                .ifPresent(l -> differences.equal(
                        "location", response.header("location").orElse("nothing"), l));
        expected.body()
                .ifPresent(body -> differences.equal("body", response.text().strip(), body));
        expected.bodyLike()
                .ifPresent(regex ->
                        differences.like("body", List.of(response.text().strip()), regex));
        expected.bodyBytes().ifPresent(bytes -> differences.equal("bytes of the body", response.body().length, bytes));
        expected.headers().forEach((name, values) -> differences.lines(name, response.headers(name), values));
        expected.headersLike().forEach((name, regex) -> differences.like(name, response.headers(name), regex));
        expected.connection().ifPresent(c -> differences.equal("connection", connection(response), c));
        expected.upstream().ifPresent(upstream -> upstream(upstream, response));
    }

    private static String connection(RawResponse response) {
        boolean closes = response.headers("connection").stream().anyMatch(v -> v.equalsIgnoreCase("close"));
        return closes ? "closed" : "kept";
    }

    private void upstream(Expectation.Upstream expected, RawResponse response) {
        try {
            SeenUpstream.of(JSON.readTree(response.text())).compare(expected, differences);
        } catch (JsonProcessingException e) {
            differences.add("body", response.text(), "what an echo backend answers");
        }
    }

    private void session(String field, String expected, Answer answer) {
        Optional<ClientTls.Session> session = answer.session();
        Optional<String> found = switch (field) {
            case "version" -> session.map(ClientTls.Session::version);
            case "cipher" -> session.map(ClientTls.Session::cipher);
            default -> session.flatMap(ClientTls.Session::applicationProtocol);
        };
        differences.equal("TLS " + field, found.orElse("nothing"), expected);
    }

    private void certificate(Answer answer, String dnsName) {
        List<String> names = answer.certificate().map(Check::dnsNames).orElse(List.of());
        if (!names.contains(dnsName)) {
            differences.add("certificate", names.toString(), dnsName);
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

    private void shares(Expectation.Answered expected, List<Answer> answers) {
        Set<String> backends = answers.stream()
                .flatMap(answer -> answer.response().stream())
                .map(response -> response.backend().orElse(PROXY))
                .collect(Collectors.toCollection(TreeSet::new));
        if (expected.sameBackend() && backends.size() > 1) {
            differences.add("answered by", String.join(", ", backends), "one and the same backend");
        }
        expected.share()
                .forEach((pool, percent) -> share(pool, percent, expected, answers, resources.backendsOf(pool)));
        expected.backendShare()
                .forEach((backend, percent) -> share(backend, percent, expected, answers, Set.of(backend)));
    }

    private void share(
            String of, double percent, Expectation.Answered expected, List<Answer> answers, Set<String> backends) {
        long hits = answers.stream()
                .flatMap(answer -> answer.response().stream())
                .filter(response -> backends.contains(response.backend().orElse(PROXY)))
                .count();
        differences.share("share of " + of, 100.0 * hits / answers.size(), percent, expected.tolerance());
    }
}
