package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.TestCertificates.Issued;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A case's resources as they are stored: under names that no other case has, since a route that is stored again under an
 * old name would count as old, and with what only the runner knows filled in: ports, certificates, addresses of backends.
 */
final class CaseResources {
    /** The fields that refer to resources, wherever they stand in a spec, and the kind of what they name. */
    private static final Map<String, String> REFERENCES = Map.of(
            "pool", "pool",
            "stable", "pool",
            "canary", "pool",
            "routes", "route",
            "certificate", "certificate",
            "certificates", "certificate",
            "listener", "listener",
            "listeners", "listener");

    private final CaseSetting setting;
    private final CaseTexts texts;
    private final Map<String, Set<String>> backendsOfPools = new HashMap<>();

    CaseResources(ConformanceCase testCase, CaseSetting setting, CaseTexts texts) {
        this.setting = setting;
        this.texts = texts;
        testCase.pools().forEach(pool -> backendsOfPools.put(pool, Set.of(pool)));
        for (Document document : testCase.allResources()) {
            if (document.kind().equals("pool")) {
                Set<String> names = new HashSet<>();
                document.spec()
                        .path("endpoints")
                        .forEach(e -> names.add(e.path("backend").asText()));
                backendsOfPools.put(document.name(), names);
            }
        }
    }

    /** The names of the backends of a pool, by the name it is stored under. */
    Set<String> backendsOfStored(String stored) {
        return backendsOfPools.entrySet().stream()
                .filter(pool -> texts.stored("pool", pool.getKey()).equals(stored))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Set.of());
    }

    /** The names of a pool's backends. */
    Set<String> backendsOf(String pool) {
        return backendsOfPools.getOrDefault(pool, Set.of());
    }

    /** @param expect whether an older one of that name is there */
    Change put(Document document, Expect expect) {
        JsonNode spec = filledIn("", document.spec());
        if (spec instanceof ObjectNode object) {
            switch (document.kind()) {
                case "pool" -> object.path("endpoints").forEach(this::addressIn);
                case "listener" -> portIn(object, document.name());
                case "certificate" -> keyIn(object, setting.certificate(document.name()));
                default -> {
                    // All that others hold is in the case.
                }
            }
        }
        return new Change(document.kind(), stored(document), expect, Optional.of(spec), Map.of());
    }

    /** Its path in the API, and what follows in the query. */
    String path(ConformanceCase.Action action, String query) {
        String kinds = action.kind().equals("canary") ? "canaries" : action.kind() + "s";
        String winner =
                action.winner().map(variant -> "winner=" + variant + "&").orElse("");
        return "/api/v1/" + kinds + "/" + texts.stored(action.kind(), action.name()) + ":" + action.action() + "?"
                + winner + query;
    }

    Change delete(Document document) {
        return new Change(document.kind(), stored(document), Expect.PRESENT, Optional.empty(), Map.of());
    }

    private String stored(Document document) {
        return texts.stored(document.kind(), document.name());
    }

    /** A copy in which resources go by the names they are stored under. */
    private JsonNode filledIn(String field, JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(e -> copy.set(e.getKey(), filledIn(e.getKey(), e.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(filledIn(field, element)));
            return copy;
        }
        if (value instanceof TextNode text) {
            String kind = REFERENCES.get(field);
            return TextNode.valueOf(kind == null ? texts.fillIn(text.asText(), 0) : texts.stored(kind, text.asText()));
        }
        return value;
    }

    private void addressIn(JsonNode endpoint) {
        if (endpoint instanceof ObjectNode object && object.has("backend")) {
            EchoBackend backend = setting.backend(object.remove("backend").asText());
            if (!object.has("address")) {
                object.put("address", backend.host());
            }
            object.put("port", backend.port());
        }
    }

    private void portIn(ObjectNode listener, String name) {
        if (!listener.has("address")) {
            listener.put("address", "127.0.0.1");
        }
        setting.port(name).ifPresent(port -> listener.put("port", port));
    }

    private static void keyIn(ObjectNode certificate, Issued issued) {
        certificate.put("chain", issued.chain()).put("privateKey", issued.privateKey());
    }

    /** A pool of one backend of the same name; stays for all cases of a run. */
    static Change sharedPool(String run, String pool, EchoBackend backend) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putArray("endpoints").addObject().put("address", backend.host()).put("port", backend.port());
        return new Change("pool", CaseTexts.sharedPool(run, pool), Expect.ABSENT, Optional.of(spec), Map.of());
    }

    static Change deleteSharedPool(String run, String pool) {
        return new Change("pool", CaseTexts.sharedPool(run, pool), Expect.PRESENT, Optional.empty(), Map.of());
    }

    List<Change> deleteAll(ConformanceCase testCase) {
        return testCase.allResources().stream().map(this::delete).distinct().toList();
    }
}
