package io.signalbox.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.local.RawResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Compares an explanation with what a proxy did. */
public final class ExplainCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROXY = "the proxy itself";

    /** How Envoy begins what it says when a server is to blame, in answers that are otherwise like any of its own. */
    private static final List<String> FAILURES =
            List.of("no healthy upstream", "upstream connect error", "upstream request timeout");

    private final JsonNode explanation;
    private final RawResponse response;
    private final boolean head;
    private final List<String> differences = new ArrayList<>();

    private ExplainCheck(JsonNode explanation, RawResponse response) {
        this.explanation = explanation;
        this.response = response;
        this.head = explanation.path("request").path("method").asText().equals("HEAD");
    }

    /** Whether the answer only says that no server could be asked: explain knows pools, not how their servers are. */
    public static boolean isUpstreamFailure(String method, RawResponse response) {
        boolean failed = response.backend().isEmpty() && response.status() >= 502 && response.status() <= 504;
        return failed && (method.equals("HEAD") || FAILURES.stream().anyMatch(response.text()::startsWith));
    }

    /**
     * Every difference: {@code explain says pool a (Envoy: b)}.
     *
     * @param explanation the answer's body
     * @param backendsOf the names of the servers of a pool
     */
    public static List<String> differences(
            JsonNode explanation, RawResponse response, Function<String, Set<String>> backendsOf) {
        boolean onePossibility = explanation.has("possible");
        boolean grpcForm = response.header("grpc-status").isPresent();
        if (onePossibility || grpcForm) {
            return List.of();
        }
        ExplainCheck check = new ExplainCheck(explanation, response);
        String outcome = explanation.path("outcome").asText();
        if (outcome.equals("forward")) {
            check.forward(backendsOf);
        } else {
            check.ownAnswer(outcome);
        }
        return check.differences.stream()
                .map(difference -> difference + "; all of it: " + explanation)
                .toList();
    }

    private void forward(Function<String, Set<String>> backendsOf) {
        String backend = response.backend().orElse(PROXY);
        List<JsonNode> possible = new ArrayList<>();
        Set<String> backends = new HashSet<>();
        for (JsonNode arm : explanation.path("arms")) {
            boolean pool = !explanation.has("pool") || explanation.path("pool").equals(arm.path("pool"));
            if (pool && arm.path("probability").asDouble() > 0) {
                Set<String> ofArm = backendsOf.apply(arm.path("pool").asText());
                backends.addAll(ofArm);
                if (ofArm.contains(backend)) {
                    possible.add(arm);
                }
            }
        }
        if (possible.isEmpty()) {
            differs("forward to one of " + backends, backend + " with " + response.status());
            return;
        }
        ExplainedMembers.differences(explanation, possible, response, head).forEach(differences::add);
        if (!head) {
            forwarded();
        }
    }

    private void forwarded() {
        JsonNode said = explanation.path("forwarded");
        try {
            JsonNode seen = JSON.readTree(response.text());
            equal("method", said.path("method").asText(), seen.path("method").asText());
            equal("path", said.path("path").asText(), seen.path("path").asText());
            equal("host", said.path("host").asText(), seen.at("/headers/host/0").asText());
        } catch (JsonProcessingException e) {
            differs("an echo of the request", response.text());
        }
    }

    private void ownAnswer(String outcome) {
        if (response.backend().isPresent()) {
            differs(outcome, "the server " + response.backend().get());
            return;
        }
        equal("status", explanation.path("status").asText(), "" + response.status());
        if (outcome.equals("redirect")) {
            equal(
                    "location",
                    explanation.path("location").asText(),
                    response.header("location").orElse("nothing"));
        } else if (outcome.equals("respond") && !head) {
            equal("body", explanation.path("body").asText(), response.text());
        } else if (outcome.equals("noRoute") || outcome.equals("noHost")) {
            equal("body", "", response.text());
        }
    }

    private void equal(String what, String said, String seen) {
        if (!said.equals(seen)) {
            differs(what + " " + said, seen);
        }
    }

    private void differs(String said, String seen) {
        differences.add("explain says " + said + " (Envoy: " + seen + ")");
    }
}
