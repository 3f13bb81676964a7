package io.signalbox.conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.conformance.ConformanceCase.Action;
import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.conformance.ConformanceCase.Releases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads case files. What a file must not say is found here, all of it at once; what a proxy must not do is not. */
final class CaseParser {
    private static final Set<String> KINDS =
            Set.of("route", "pool", "listener", "certificate", "virtual-host", "canary", "experiment");
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "canary", Set.of("start", "advance", "promote", "pause", "resume", "abort", "finish"),
            "experiment", Set.of("start", "stop"));

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final List<String> faults = new ArrayList<>();
    private final CaseNames names = new CaseNames();
    private final Map<String, CertificateSpec> certificates = new LinkedHashMap<>();
    private final Map<String, Set<String>> moving = Map.of("canary", new HashSet<>(), "experiment", new HashSet<>());

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
        names.pools().addAll(pools);
        names.backends().addAll(pools);
        node.children("certificates").forEach((name, child) -> certificates.put(name, certificate(child)));
        List<Document> older =
                node.list("olderResources").stream().map(this::document).toList();
        List<Document> resources =
                node.list("resources").stream().map(this::document).toList();
        names.certificates().addAll(certificates.keySet());
        Map<String, BackendSpec> backends = backends(node);
        RequestParser requests = new RequestParser(names);
        ConformanceCase parsed = new ConformanceCase(
                suite,
                id,
                node.required("name"),
                node.required("why"),
                node.required("docs"),
                pools.stream().filter(pool -> !backends.containsKey(pool)).toList(),
                backends,
                certificates,
                older.isEmpty() ? older : with(poolsOf(pools, backends), older),
                older.isEmpty() ? with(poolsOf(pools, backends), resources) : resources,
                node.list("actions").stream().map(this::action).toList(),
                releases(node),
                node.list("requests").stream().map(requests::parse).toList());
        if (parsed.requests().isEmpty()) {
            node.fault("requests", "nothing (expected: at least one request)");
        }
        if (!parsed.docs().startsWith("https://")) {
            node.fault("docs", parsed.docs() + " (expected: an https:// URL)");
        }
        node.refuseOthers();
        return parsed;
    }

    /** Pools of backends that behave as the case says are the case's own; the others serve all cases. */
    private static List<Document> poolsOf(List<String> pools, Map<String, BackendSpec> backends) {
        return pools.stream()
                .filter(backends::containsKey)
                .map(pool -> {
                    ObjectNode spec = JsonNodeFactory.instance.objectNode();
                    spec.putArray("endpoints").addObject().put("backend", pool);
                    return new Document("pool", pool, spec);
                })
                .toList();
    }

    private static List<Document> with(List<Document> some, List<Document> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private Map<String, BackendSpec> backends(Node node) {
        Map<String, BackendSpec> backends = new LinkedHashMap<>();
        BackendParser parser = new BackendParser(names);
        node.children("backends").forEach((name, child) -> {
            backends.put(name, parser.parse(child));
            names.ownBackends().add(name);
            CaseNames.check(node, "backends", name, names.backends());
        });
        return backends;
    }

    private static CertificateSpec certificate(Node node) {
        List<String> names = node.strings("names");
        Optional<String> subject = node.text("subject");
        if (names.isEmpty() && subject.isEmpty()) {
            node.fault("names", "nothing (expected: at least one DNS name, or a subject)");
        }
        CertificateSpec certificate = new CertificateSpec(
                subject.orElseGet(
                        () -> "CN=" + String.join("", names.stream().limit(1).toList())),
                names,
                node.strings("uris"),
                node.flag("rsa", false),
                node.text("authority").orElse(Authorities.DEFAULT),
                node.flag("expired", false));
        node.refuseOthers();
        return certificate;
    }

    private Action action(Node node) {
        Optional<String> experiment = node.text("experiment");
        String kind = experiment.isPresent() ? "experiment" : "canary";
        Action action = new Action(
                kind,
                experiment.orElseGet(() -> node.required("canary")),
                node.required("action"),
                experiment.flatMap(name -> node.text("winner")));
        CaseNames.check(node, kind, action.name(), known(moving, kind));
        CaseNames.check(node, "action", action.action(), known(ACTIONS, kind));
        node.refuseOthers();
        return action;
    }

    private Document document(Node node) {
        String kind = node.required("kind");
        String name = node.required("name");
        JsonNode spec = node.tree("spec");
        CaseNames.check(node, "kind", kind, KINDS);
        switch (kind) {
            case "pool" -> {
                names.pools().add(name);
                spec.path("endpoints")
                        .forEach(e -> names.backends().add(e.path("backend").asText()));
            }
            case "listener" -> names.listeners().add(name);
            case "canary", "experiment" -> known(moving, kind).add(name);
            case "certificate" -> {
                certificates.put(name, certificate(node.child("spec")));
                spec = JsonNodeFactory.instance.objectNode();
            }
            default -> {
                // Nothing else refers to these.
            }
        }
        node.refuseOthers();
        return new Document(kind, name, spec);
    }

    private static Set<String> known(Map<String, Set<String>> byKind, String kind) {
        return Objects.requireNonNull(byKind.get(kind));
    }

    static Releases releases(Node node) {
        return new Releases(release(node, "since"), release(node, "before"), release(node, "except"));
    }

    private static Optional<Release> release(Node node, String field) {
        Optional<String> text = node.text(field);
        Optional<Release> release = text.flatMap(Release::find);
        if (text.isPresent() && release.isEmpty()) {
            node.fault(field, text.get() + " (expected: a release of Envoy, \"1.39\")");
        }
        return release;
    }
}
