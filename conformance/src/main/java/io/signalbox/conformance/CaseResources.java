package io.signalbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.conformance.ConformanceCase.Document;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import io.signalbox.local.EchoBackend;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A case's resources as they are stored: under names that no other case has, since a route that is stored again under an
 * old name would count as old, and with the addresses of backends filled in.
 */
final class CaseResources {
    private final Backends backends;
    private final String run;
    private final String prefix;
    private final Set<String> sharedPools;
    private final Set<String> ownPools = new HashSet<>();
    private final Map<String, Set<String>> backendsOfPools = new HashMap<>();

    /**
     * @param run sets what this run stores apart from what else the control plane holds
     * @param number of the case within the run
     */
    CaseResources(Backends backends, String run, int number, ConformanceCase testCase) {
        this.backends = backends;
        this.run = run;
        this.prefix = run + "-" + number + "-";
        this.sharedPools = Set.copyOf(testCase.pools());
        testCase.pools().forEach(pool -> backendsOfPools.put(pool, Set.of(pool)));
        for (Document document : testCase.allResources()) {
            if (document.kind().equals("pool")) {
                ownPools.add(document.name());
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
        for (Map.Entry<String, Set<String>> pool : backendsOfPools.entrySet()) {
            String name = pool.getKey();
            if (stored.equals(ownPools.contains(name) ? prefix + name : sharedName(run, name))) {
                return pool.getValue();
            }
        }
        return Set.of();
    }

    /** The names of a pool's backends. */
    Set<String> backendsOf(String pool) {
        return backendsOfPools.getOrDefault(pool, Set.of());
    }

    Change put(Document document) {
        JsonNode spec = document.spec().deepCopy();
        if (document.kind().equals("pool")) {
            spec.path("endpoints").forEach(this::fillIn);
        } else {
            spec.path("action").path("forward").path("pools").forEach(this::rename);
        }
        return new Change(document.kind(), prefix + document.name(), Expect.ABSENT, Optional.of(spec), Map.of());
    }

    Change delete(Document document) {
        return new Change(document.kind(), prefix + document.name(), Expect.PRESENT, Optional.empty(), Map.of());
    }

    private void fillIn(JsonNode endpoint) {
        if (endpoint instanceof ObjectNode object && object.has("backend")) {
            EchoBackend backend = backends.get(object.remove("backend").asText());
            if (!object.has("address")) {
                object.put("address", backend.host());
            }
            object.put("port", backend.port());
        }
    }

    private void rename(JsonNode weighted) {
        String pool = weighted.path("pool").asText();
        if (weighted instanceof ObjectNode object && ownPools.contains(pool)) {
            object.put("pool", prefix + pool);
        } else if (weighted instanceof ObjectNode object && sharedPools.contains(pool)) {
            object.put("pool", sharedName(run, pool));
        }
    }

    private static String sharedName(String run, String pool) {
        return run + "-" + pool;
    }

    /** A pool of one backend of the same name; stays for all cases of a run. */
    static Change sharedPool(String run, String pool, EchoBackend backend) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode spec = json.objectNode();
        spec.putArray("endpoints").addObject().put("address", backend.host()).put("port", backend.port());
        return new Change("pool", sharedName(run, pool), Expect.ABSENT, Optional.of(spec), Map.of());
    }

    static Change deleteSharedPool(String run, String pool) {
        return new Change("pool", sharedName(run, pool), Expect.PRESENT, Optional.empty(), Map.of());
    }

    List<Change> deleteAll(ConformanceCase testCase) {
        return testCase.allResources().stream().map(this::delete).toList();
    }
}
