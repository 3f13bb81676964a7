package io.signalbox.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.local.RawResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares the canary or experiment that explain says a request takes part in with what a proxy told the server of it
 * ({@code x-experiment}), and with the cookies that it gave the client.
 */
final class ExplainedMembers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONE = "nothing";
    private static final Pattern VISITOR = Pattern.compile("signalbox-visitor=.*");

    private ExplainedMembers() {}

    /**
     * @param possible the arms that it may have gone, by what explain says, to the pool that it went to
     * @param head whether the answer has no body, so that it is not known what the server was told
     */
    static List<String> differences(JsonNode explanation, List<JsonNode> possible, RawResponse response, boolean head) {
        List<String> differences = new ArrayList<>();
        List<JsonNode> arms = new ArrayList<>();
        explanation.path("arms").forEach(arms::add);
        if (arms.stream().anyMatch(arm -> arm.has("experiment"))) {
            if (!head) {
                compare(differences, "experiment", exposures(explanation, possible), told(response));
            }
            compare(differences, "visitor cookie", isNew(possible, "experiment"), sets(response, VISITOR));
        }
        arms.stream()
                .filter(arm -> arm.has("canary"))
                .map(arm -> arm.at("/canary/name").asText())
                .distinct()
                .forEach(name -> {
                    Pattern cookie = Pattern.compile("[^=]+-" + Pattern.quote(name) + "=[0-9]{2};.*");
                    List<JsonNode> ofCanary = possible.stream()
                            .filter(arm -> arm.at("/canary/name").asText().equals(name))
                            .toList();
                    compare(differences, "cookie of " + name, isNew(ofCanary, "canary"), sets(response, cookie));
                });
        return differences;
    }

    private static void compare(List<String> differences, String what, Set<String> said, String seen) {
        if (!said.contains(seen)) {
            differences.add("explain says " + what + " " + String.join(" or ", said) + " (Envoy: " + seen + ")");
        }
    }

    /** What it says for certain, else what any of the arms would make of it. */
    private static Set<String> exposures(JsonNode explanation, List<JsonNode> possible) {
        return explanation.has("experiment")
                ? Set.of(exposure(explanation))
                : possible.stream().map(ExplainedMembers::exposure).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String exposure(JsonNode arm) {
        JsonNode experiment = arm.path("experiment");
        return experiment.isObject()
                ? experiment.path("name").asText() + "="
                        + experiment.path("variant").asText()
                : NONE;
    }

    private static String told(RawResponse response) {
        try {
            return JSON.readTree(response.text()).at("/headers/x-experiment/0").asText(NONE);
        } catch (JsonProcessingException e) {
            return "no echo of the request";
        }
    }

    private static Set<String> isNew(List<JsonNode> arms, String kind) {
        Set<String> set = new TreeSet<>();
        arms.stream()
                .filter(arm -> arm.has(kind))
                .forEach(arm ->
                        set.add("" + arm.path(kind).path("assigned").asText().equals("new")));
        return set.isEmpty() ? Set.of("true", "false") : set;
    }

    private static String sets(RawResponse response, Pattern cookie) {
        return ""
                + response.headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase("set-cookie"))
                        .anyMatch(header -> cookie.matcher(header.value()).matches());
    }
}
