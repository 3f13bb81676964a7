package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An explanation for people. */
record ExplanationText(JsonNode explanation) {
    void print(PrintWriter out) {
        line(out, "outcome", outcome());
        line(
                out,
                "route",
                text(
                        "route",
                        explanation.has("unmatched")
                                ? "none; the answer of virtual host " + text("unmatched", "")
                                : "none"));
        if (explanation.has("possible")) {
            line(out, "chance", String.join(", ", shares("possible", "route")));
        }
        member(explanation).ifPresent(member -> line(out, "part of", member));
        List<String> pools = shares("arms", "pool");
        if (pools.size() > 1) {
            line(out, "pools", String.join(", ", pools));
        }
        JsonNode forwarded = explanation.path("forwarded");
        if (forwarded.isObject()) {
            line(out, "sent as", request(forwarded));
        }
        line(out, "request", request(explanation.path("request")));
        line(
                out,
                "at",
                "revision " + text("revision", "") + ", listener " + text("listener", "")
                        + (explanation.has("virtualHost") ? ", host " + text("virtualHost", "") : ""));
        stronger(out);
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-9s%s%n", name, value);
    }

    private String outcome() {
        String outcome = text("outcome", "");
        String reason = explanation.has("reason") ? " (" + text("reason", "") + ")" : "";
        return switch (outcome) {
            case "forward" -> "forward to " + text("pool", "one of several pools");
            case "redirect" -> "redirect, " + text("status", "") + " to " + text("location", "") + reason;
            case "noRoute" -> "404, as no route of the host takes it";
            case "noHost" -> "404, as no route is for this host";
            default -> outcome + " with " + text("status", "") + reason;
        };
    }

    private List<String> shares(String list, String name) {
        List<String> shares = new ArrayList<>();
        for (JsonNode share : explanation.path(list)) {
            if (share.path("probability").asDouble() == 0) {
                continue;
            }
            String percent = String.format(
                    Locale.ROOT, "%.4f", 100 * share.path("probability").asDouble());
            String member = member(share).map(of -> " (" + of + ")").orElse("");
            shares.add(share.path(name).asText("no " + name) + " " + percent.replaceAll("\\.?0+$", "") + " %" + member);
        }
        return shares;
    }

    /** {@code canary payment-v2, stable, new} */
    private static Optional<String> member(JsonNode arm) {
        if (arm.has("canary")) {
            return Optional.of(member("canary", "side", arm.path("canary")));
        }
        return Optional.of(arm.path("experiment"))
                .filter(JsonNode::isObject)
                .map(of -> member("experiment", "variant", of));
    }

    private static String member(String kind, String part, JsonNode of) {
        return String.join(
                ", ",
                kind + " " + of.path("name").asText(),
                of.path(part).asText(),
                of.path("assigned").asText());
    }

    private void stronger(PrintWriter out) {
        JsonNode stronger = explanation.path("stronger");
        if (!stronger.isEmpty()) {
            out.printf("%nRoutes that go first and do not take it:%n");
        }
        for (JsonNode candidate : stronger) {
            out.println("  " + candidate.path("route").asText());
            for (JsonNode unmet : candidate.path("unmet")) {
                out.println("    " + unmet.path("field").asText() + ": "
                        + unmet.path("found").asText() + " (expected: "
                        + unmet.path("expected").asText() + ")");
            }
        }
        int omitted = explanation.path("strongerOmitted").asInt();
        if (omitted > 0) {
            out.println("  and " + omitted + " more, which are further from taking it");
        }
    }

    private static String request(JsonNode request) {
        return request.path("method").asText() + " " + request.path("scheme").asText() + "://"
                + request.path("host").asText() + request.path("path").asText();
    }

    private String text(String field, String other) {
        return explanation.path(field).asText(other);
    }
}
