package io.signalbox.conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.conformance.ConformanceCase.Expectation;
import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.conformance.ConformanceCase.Upstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads case files. What a file must not say is found here, all of it at once; what a proxy must not do is not. */
final class CaseParser {
    private static final String DEFAULT_HOST = "shop.example.com";
    private static final int MAX_TIMES = 100_000;
    private static final Set<String> KINDS = Set.of("route", "pool");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final List<String> faults = new ArrayList<>();
    private final Set<String> poolNames = new HashSet<>();
    private final Set<String> backendNames = new HashSet<>();

    private CaseParser() {}

    /**
     * @param file for messages
     * @throws InvalidCaseException with every fault
     */
    static ConformanceCase parse(String suite, String id, String file, String yaml) throws InvalidCaseException {
        CaseParser parser = new CaseParser();
        ConformanceCase parsed;
        try {
            parsed = parser.root(suite, id, new Node("", YAML.readTree(yaml), parser.faults));
        } catch (JsonProcessingException e) {
            throw new InvalidCaseException(List.of(file + ": " + e.getMessage()));
        }
        if (!parser.faults.isEmpty()) {
            throw new InvalidCaseException(
                    parser.faults.stream().map(fault -> file + ": " + fault).toList());
        }
        return parsed;
    }

    private ConformanceCase root(String suite, String id, Node node) {
        List<String> pools = node.strings("pools");
        poolNames.addAll(pools);
        backendNames.addAll(pools);
        List<Document> older =
                node.list("olderResources").stream().map(this::document).toList();
        List<Document> resources =
                node.list("resources").stream().map(this::document).toList();
        ConformanceCase parsed = new ConformanceCase(
                suite,
                id,
                node.required("name"),
                node.required("why"),
                node.required("docs"),
                pools,
                older,
                resources,
                node.list("requests").stream().map(this::request).toList());
        if (parsed.requests().isEmpty()) {
            node.fault("requests", "nothing (expected: at least one request)");
        }
        if (!parsed.docs().startsWith("https://")) {
            node.fault("docs", parsed.docs() + " (expected: an https:// URL)");
        }
        node.refuseOthers();
        return parsed;
    }

    private Document document(Node node) {
        Document document = new Document(node.required("kind"), node.required("name"), node.tree("spec"));
        if (!KINDS.contains(document.kind())) {
            node.fault(
                    "kind",
                    document.kind() + " (expected: one of "
                            + KINDS.stream().sorted().toList() + ")");
        }
        if (document.kind().equals("pool")) {
            poolNames.add(document.name());
            document.spec()
                    .path("endpoints")
                    .forEach(e -> backendNames.add(e.path("backend").asText()));
        }
        node.refuseOthers();
        return document;
    }

    private Request request(Node node) {
        int times = node.integer("times", 1);
        if (times < 1 || times > MAX_TIMES) {
            node.fault("times", times + " (expected: 1 to " + MAX_TIMES + ")");
        }
        Optional<String> raw = node.text("raw");
        if (raw.isPresent()) {
            node.refuseBeside("raw", "method", "path", "host", "headers", "cookies", "body");
        }
        Request request = new Request(
                node.text("name"),
                raw.map(text -> text.split(" ", 2)[0])
                        .orElseGet(() -> node.text("method").orElse("GET")),
                raw.isPresent() ? "(raw)" : node.required("path"),
                node.text("host").orElse(DEFAULT_HOST),
                node.lists("headers"),
                node.texts("cookies"),
                node.text("body"),
                raw,
                node.text("tls"),
                release(node, "since"),
                release(node, "before"),
                times,
                expectation(node.child("expect")));
        node.refuseOthers();
        return request;
    }

    private static Optional<Release> release(Node node, String field) {
        Optional<String> text = node.text(field);
        Optional<Release> release = text.flatMap(Release::find);
        if (text.isPresent() && release.isEmpty()) {
            node.fault(field, text.get() + " (expected: a release of Envoy, \"1.39\")");
        }
        return release;
    }

    private Expectation expectation(Node node) {
        Expectation expectation = new Expectation(
                node.has("status") ? Optional.of(node.integer("status", 0)) : Optional.empty(),
                node.text("pool"),
                node.text("backend"),
                node.numbers("share"),
                node.numbers("backendShare"),
                node.number("tolerance", 0),
                node.text("location"),
                node.text("body"),
                node.listsOrNulls("headers"),
                node.text("connection"),
                node.text("certificate"),
                node.has("upstream") ? Optional.of(upstream(node.child("upstream"))) : Optional.empty());
        expectation.connection().ifPresent(c -> known(node, "connection", c, Set.of("kept", "closed")));
        expectation.pool().ifPresent(pool -> known(node, "pool", pool, poolNames));
        expectation.backend().ifPresent(backend -> known(node, "backend", backend, backendNames));
        checkShares(node, "share", expectation.share(), poolNames);
        checkShares(node, "backendShare", expectation.backendShare(), backendNames);
        if (node.isEmpty()) {
            node.fault("", "nothing (expected: what the answer must be)");
        }
        node.refuseOthers();
        return expectation;
    }

    private static void known(Node node, String field, String name, Set<String> names) {
        if (!names.contains(name)) {
            node.fault(
                    field,
                    name + " (expected: one of " + names.stream().sorted().toList() + ")");
        }
    }

    private static void checkShares(Node node, String field, Map<String, Double> shares, Set<String> names) {
        shares.keySet().forEach(name -> known(node, field, name, names));
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!shares.isEmpty() && Math.abs(sum - 100) > 0.5) {
            node.fault(field, "a sum of " + sum + " (expected: 100)");
        }
    }

    private static Upstream upstream(Node node) {
        Upstream upstream = new Upstream(node.text("method"), node.text("path"), node.listsOrNulls("headers"));
        node.refuseOthers();
        return upstream;
    }
}
