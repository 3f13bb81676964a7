package io.signalbox.conformance;

import io.signalbox.conformance.Expectation.Answered;
import io.signalbox.conformance.Expectation.Asked;
import io.signalbox.conformance.Expectation.Upstream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a case file expects. */
final class ExpectationParser {
    private static final Set<String> TLS = Set.of("version", "cipher", "alpn");

    private final CaseNames names;

    ExpectationParser(CaseNames names) {
        this.names = names;
    }

    Expectation parse(Node node) {
        Expectation expectation = new Expectation(
                node.flag("refused", false),
                node.has("status") ? Optional.of(node.integer("status", 0)) : Optional.empty(),
                answered(node),
                node.text("location"),
                node.text("body"),
                node.text("bodyLike"),
                node.optionalInteger("bodyBytes"),
                node.listsOrNulls("headers"),
                node.texts("headersLike"),
                node.text("connection"),
                node.text("certificate"),
                node.texts("tls"),
                node.text("tunnel"),
                node.text("bytes"),
                node.text("accessLog"),
                node.has("upstream") ? Optional.of(upstream(node.child("upstream"))) : Optional.empty(),
                asked(node));
        expectation.connection().ifPresent(c -> CaseNames.check(node, "connection", c, Set.of("kept", "closed")));
        expectation.tls().keySet().forEach(field -> CaseNames.check(node, "tls", field, TLS));
        if (node.isEmpty()) {
            node.fault("", "nothing (expected: what the answer must be)");
        }
        if (expectation.refused()) {
            node.refuseBeside("refused", "status", "pool", "backend", "share", "backendShare", "location", "body");
        }
        node.refuseOthers();
        return expectation;
    }

    private Answered answered(Node node) {
        Answered answered = new Answered(
                node.text("pool"),
                node.text("backend"),
                node.numbers("share"),
                node.numbers("backendShare"),
                node.number("tolerance", 0),
                node.flag("sameBackend", false));
        answered.pool().ifPresent(pool -> CaseNames.check(node, "pool", pool, names.pools()));
        answered.backend().ifPresent(backend -> CaseNames.check(node, "backend", backend, names.backends()));
        checkShares(node, "share", answered.share(), names.pools());
        checkShares(node, "backendShare", answered.backendShare(), names.backends());
        return answered;
    }

    private static void checkShares(Node node, String field, Map<String, Double> shares, Set<String> names) {
        shares.keySet().forEach(name -> CaseNames.check(node, field, name, names));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!shares.isEmpty() && Math.abs(sum - 100) > 0.5) {
            node.fault(field, "a sum of " + sum + " (expected: 100)");
        }
    }

    private Asked asked(Node node) {
        Map<String, Upstream> seen = new LinkedHashMap<>();
        node.children("seen").forEach((name, child) -> seen.put(name, upstream(child)));
        Asked asked = new Asked(node.integers("asked"), node.numbers("askedShare"), node.strings("attempts"), seen);
        asked.times().keySet().forEach(name -> CaseNames.check(node, "asked", name, names.ownBackends()));
        asked.share().keySet().forEach(name -> CaseNames.check(node, "askedShare", name, names.ownBackends()));
        asked.attempts().forEach(name -> CaseNames.check(node, "attempts", name, names.ownBackends()));
        seen.keySet().forEach(name -> CaseNames.check(node, "seen", name, names.ownBackends()));
        return asked;
    }

    private static Upstream upstream(Node node) {
        Upstream upstream = new Upstream(
                node.text("protocol"),
                node.text("method"),
                node.text("path"),
                node.listsOrNulls("headers"),
                node.optionalInteger("bodyBytes"),
                node.text("serverName"),
                node.text("clientName"));
        node.refuseOthers();
        return upstream;
    }
}
