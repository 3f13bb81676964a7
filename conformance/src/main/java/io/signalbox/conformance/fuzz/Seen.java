package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.local.RawRequest.Header;
import io.signalbox.local.RawResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came of a request, aspect by aspect: {@code status} is {@code 200}, {@code upstream path} is {@code /a} … What chance
 * or the clock decides is blotted out.
 *
 * @param aspects the weightiest first
 */
record Seen(Map<String, String> aspects) {
    static final String OUTCOME = "outcome";
    static final String STATUS = "status";
    static final String ANSWERED_BY = "answered by";
    static final String LOCATION = "location";
    static final String UPSTREAM_METHOD = "upstream method";
    static final String UPSTREAM_PATH = "upstream path";
    static final String UPSTREAM_BODY = "upstream body bytes";
    static final String UPSTREAM_HEADER = "upstream header ";
    static final String CONNECTION = "connection";
    static final String BODY = "body";
    static final String HEADER = "header ";
    static final String PROXY = "the proxy itself";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Of a user's first answer from a canary. */
    private static final String BAND = "(-t\\d+-c\\d=)\\d\\d;";

    Seen {
        aspects = Collections.unmodifiableMap(new LinkedHashMap<>(aspects));
    }

    /** No response: {@code the connection ended}. */
    static Seen nothing(String outcome) {
        return new Seen(Map.of(OUTCOME, outcome));
    }

    /**
     * @param connection {@code kept} or {@code closed}
     */
    static Seen of(RawResponse response, String connection) {
        Map<String, String> aspects = new LinkedHashMap<>();
        aspects.put(OUTCOME, "answered");
        aspects.put(STATUS, "" + response.status());
        String backend = response.backend().orElse(PROXY);
        aspects.put(ANSWERED_BY, Pools.SPLIT.contains(backend) ? "either of " + Pools.SPLIT : backend);
        response.header("location").ifPresent(location -> aspects.put(LOCATION, blotted(location)));
        if (response.backend().isPresent() && !response.text().isEmpty()) {
            putUpstream(aspects, response.text());
        } else {
            aspects.put(BODY, response.text());
        }
        aspects.put(CONNECTION, connection);
        headers(response).forEach((name, values) -> aspects.put(HEADER + name, blotted(values.toString())));
        return new Seen(aspects);
    }

    private static void putUpstream(Map<String, String> aspects, String echo) {
        try {
            JsonNode seen = JSON.readTree(echo);
            aspects.put(UPSTREAM_METHOD, seen.path("method").asText());
            aspects.put(UPSTREAM_PATH, seen.path("path").asText());
            aspects.put(UPSTREAM_BODY, seen.path("bodyBytes").asText());
            Map<String, String> sorted = new TreeMap<>();
            seen.path("headers")
                    .properties()
                    .forEach(h -> sorted.put(h.getKey(), h.getValue().toString()));
            sorted.forEach((name, values) -> aspects.put(UPSTREAM_HEADER + name, blotted(values)));
        } catch (JsonProcessingException e) {
            aspects.put(BODY, echo);
        }
    }

    private static String blotted(String values) {
        return values.replaceAll(UUID, "(random)")
                .replaceAll("split-\\d", "split")
                .replaceAll(BAND, "$1(band);");
    }

    private static Map<String, List<String>> headers(RawResponse response) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Header header : response.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            switch (name) {
                // Compared already, or a length of what is.
                case "x-backend", "location", "content-length" -> headers.put(name, List.of("(there)"));
                case "date", "x-envoy-upstream-service-time" -> headers.put(name, List.of("(now)"));
                default -> headers.computeIfAbsent(name, k -> new ArrayList<>()).add(header.value());
            }
        }
        return headers;
    }

    Optional<String> find(String aspect) {
        return Optional.ofNullable(aspects.get(aspect));
    }

    /** The aspects in which another one differs, the weightiest first. */
    List<String> differencesTo(Seen other) {
        Set<String> all = new LinkedHashSet<>(aspects.keySet());
        all.addAll(other.aspects.keySet());
        return all.stream()
                .filter(aspect -> !find(aspect).equals(other.find(aspect)))
                .toList();
    }
}
