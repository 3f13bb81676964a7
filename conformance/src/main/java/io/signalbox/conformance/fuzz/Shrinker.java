package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes away from a table and a request whatever a difference does not need. */
final class Shrinker {
    private final Planes planes;
    private Difference smallest;

    private Shrinker(Planes planes, Difference difference) {
        this.planes = planes;
        this.smallest = difference;
    }

    /** The same difference, smaller. The table it shows is on stage afterwards. */
    static Difference shrink(Planes planes, Difference difference) {
        Shrinker shrinker = new Shrinker(planes, difference);
        shrinker.shrinkRequest();
        shrinker.shrinkRoutes();
        shrinker.shrinkSpecs();
        planes.stage().show(shrinker.smallest.table());
        shrinker.shrinkRequest();
        return shrinker.smallest;
    }

    private void shrinkRequest() {
        boolean smaller = true;
        while (smaller) {
            smaller = candidates(smallest.request()).stream().anyMatch(this::accept);
        }
    }

    private static List<WireRequest> candidates(WireRequest request) {
        List<WireRequest> candidates = new ArrayList<>();
        for (int i = 0; i < request.lines().size(); i++) {
            List<String> fewer = new ArrayList<>(request.lines());
            String line = fewer.remove(i);
            if (!framesBody(line) || request.body().isEmpty()) {
                candidates.add(request.withLines(fewer));
            }
        }
        if (!request.body().isEmpty()) {
            candidates.add(request.withBody("")
                    .withLines(request.lines().stream()
                            .filter(line -> !framesBody(line))
                            .toList()));
        }
        if (!request.method().equals("GET")) {
            candidates.add(request.withMethod("GET"));
        }
        String target = request.target();
        for (int length = target.length() / 2; length > 0; length /= 2) {
            for (int start = 0; start + length <= target.length(); start += length) {
                candidates.add(request.withTarget(target.substring(0, start) + target.substring(start + length)));
            }
        }
        return candidates;
    }

    private static boolean framesBody(String line) {
        return line.matches("(?is)(content-length|transfer-encoding).*");
    }

    private boolean accept(WireRequest request) {
        return keep(planes.compare(smallest.table(), request));
    }

    private void shrinkRoutes() {
        for (int i = smallest.table().all().size() - 1; i >= 0; i--) {
            accept(smallest.table().without(i));
        }
    }

    private boolean accept(Table table) {
        try {
            planes.stage().show(table);
        } catch (ApiException e) {
            return false; // no table: a canary of a route that is not there any more
        }
        return keep(planes.compare(table, smallest.request()));
    }

    /** Whether it is the same difference: one that begins with the same aspect. */
    private boolean keep(Optional<Difference> found) {
        boolean same = found.isPresent()
                && found.get().aspects().get(0).equals(smallest.aspects().get(0));
        if (same) {
            smallest = found.get();
        }
        return same;
    }

    private void shrinkSpecs() {
        for (int i = 0; i < smallest.table().all().size(); i++) {
            int at = i;
            for (String field : List.of(
                    "priority", "match", "requestHeaders", "responseHeaders", "cors", "rateLimit", "unmatched")) {
                change(at, spec -> removed(spec, field));
            }
            for (String field : List.of("path", "methods", "headers", "cookies", "query")) {
                change(at, spec -> spec.path("match") instanceof ObjectNode match && removed(match, field));
            }
            for (String list : List.of("headers", "cookies", "query")) {
                change(at, spec -> shortened(spec.path("match").path(list)));
            }
            change(at, spec -> shortened(spec.path("hosts")));
            for (String word : List.of("set", "setIfPresent", "setIfAbsent", "add", "remove")) {
                change(at, spec -> spec.path("requestHeaders") instanceof ObjectNode changes && removed(changes, word));
                change(
                        at,
                        spec -> spec.path("responseHeaders") instanceof ObjectNode changes && removed(changes, word));
            }
            for (String policy : List.of("rewrite", "timeout", "idleTimeout", "retry", "mirrors", "upgrades")) {
                change(
                        at,
                        spec -> spec.at("/action/forward") instanceof ObjectNode forward && removed(forward, policy));
            }
            for (String field : List.of("weight", "steps", "assignment", "cookie", "population", "layer")) {
                change(at, spec -> removed(spec, field));
            }
            change(at, spec -> shortened(spec.path("routes")));
            change(at, spec -> shortened(spec.path("variants")));
            change(at, Shrinker::forwardsPlainly);
        }
    }

    private interface Edit {
        /** Whether it changed anything. */
        boolean apply(ObjectNode spec);
    }

    private void change(int route, Edit edit) {
        ObjectNode spec = smallest.table().all().get(route).spec().deepCopy();
        if (edit.apply(spec)) {
            accept(smallest.table().with(route, spec));
        }
    }

    private static boolean removed(ObjectNode object, String field) {
        return object.remove(field) != null;
    }

    private static boolean shortened(JsonNode list) {
        return list instanceof ArrayNode array && array.size() > 1 && array.remove(array.size() - 1) != null;
    }

    private static boolean forwardsPlainly(ObjectNode spec) {
        if (!spec.has("action")) {
            return false;
        }
        JsonNode before = spec.path("action").deepCopy();
        ObjectNode action = spec.putObject("action");
        action.putObject("forward").putArray("pools").addObject().put("pool", Pools.PLAIN.get(0));
        return !action.equals(before);
    }
}
