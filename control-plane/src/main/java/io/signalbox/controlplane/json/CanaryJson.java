package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.CanaryAnalysis;
import io.signalbox.controlplane.model.CanaryPace;
import io.signalbox.controlplane.model.CanaryPace.Mode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CanarySpec.Assignment;
import io.signalbox.controlplane.model.CanarySpec.Cookie;
import io.signalbox.controlplane.model.CanarySpec.Phase;
import io.signalbox.controlplane.model.CanarySpec.State;
import io.signalbox.controlplane.model.LatencyRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

final class CanaryJson {
    private static final String STATE = "state";
    private static final String LATENCY = "latency";
    private static final List<String> ASSIGNMENTS = List.of("user", "request", "cookie", "header");

    private CanaryJson() {}

    static void write(CanarySpec canary, ObjectNode json) {
        json.put("stable", canary.stable()).put("canary", canary.canary());
        Fields.writeList(json, "routes", canary.routes(), TextNode::valueOf);
        CanaryPace pace = canary.pace();
        json.put("mode", word(pace.mode()));
        Fields.writeList(json, "steps", pace.steps(), IntNode::valueOf);
        json.put("bake", Durations.text(pace.bake())).put("grace", Durations.text(pace.grace()));
        Fields.writeInteger(json, "weight", canary.weight());
        json.set("assignment", write(canary.assignment()));
        json.putObject("cookie")
                .put("name", canary.cookie().name())
                .put("path", canary.cookie().path())
                .put("maxAge", Durations.text(Duration.ofSeconds(canary.cookie().maxAge())))
                .put("secure", canary.cookie().secure())
                .put("sameSite", canary.cookie().sameSite());
        CanaryAnalysis analysis = canary.analysis();
        ObjectNode asked = json.putObject("analysis")
                .put("minimumRequests", analysis.minimumRequests())
                .put("tolerance", Percents.ofMillionths(analysis.tolerance()))
                .put("maximumErrorRate", Percents.ofMillionths(analysis.maximumErrorRate()))
                .put("maximumWait", Durations.text(analysis.maximumWait()));
        analysis.latency()
                .ifPresent(rule -> asked.putObject(LATENCY)
                        .put("slow", Durations.text(rule.slow()))
                        .put("tolerance", Percents.ofMillionths(rule.tolerance()))
                        .put("maximum", Percents.ofMillionths(rule.maximum())));
        Fields.writeList(asked, "metrics", analysis.metrics(), CanaryMetricJson::write);
    }

    /** As the store keeps it beside what users wrote. */
    static void writeState(CanarySpec canary, ObjectNode json) {
        ObjectNode state = json.putObject(STATE)
                .put("phase", word(canary.state().phase()))
                .put("step", canary.state().step());
        canary.state().since().ifPresent(since -> state.put("since", since.toString()));
        Fields.writeList(state, "moved", canary.state().moved(), TextNode::valueOf);
        state.put("reason", canary.state().reason());
    }

    static ObjectNode status(CanarySpec canary) {
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("phase", word(canary.state().phase()))
                .put("step", canary.state().step())
                .put("weight", canary.share())
                .put("reason", canary.state().reason());
        canary.state().since().ifPresent(since -> status.put("since", since.toString()));
        Fields.writeList(status, "promotedRoutes", canary.state().moved(), TextNode::valueOf);
        return status;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode write(Assignment assignment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (assignment instanceof Assignment.ByUser) {
            json.putObject("user");
        } else if (assignment instanceof Assignment.ByRequest) {
            json.putObject("request");
        } else if (assignment instanceof Assignment.ByCookie cookie) {
            Fields.writeList(
                    json.putObject("cookie").put("name", cookie.name()), "values", cookie.values(), TextNode::valueOf);
        } else if (assignment instanceof Assignment.ByHeader header) {
            Fields.writeList(
                    json.putObject("header").put("name", header.name()), "values", header.values(), TextNode::valueOf);
        }
        return json;
    }

    static CanarySpec read(JsonNode json) {
        return new CanarySpec(
                Fields.string(json, "stable"),
                Fields.string(json, "canary"),
                Fields.list(json, "routes", Fields::text),
                Fields.optionalInteger(json, "weight"),
                Fields.optional(json, "assignment").map(CanaryJson::assignment).orElseGet(Assignment.ByUser::new),
                cookie(json.path("cookie")),
                pace(json),
                analysis(json.path("analysis")),
                Fields.optional(json, STATE).map(CanaryJson::state).orElse(State.NEW));
    }

    private static Assignment assignment(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, ASSIGNMENTS);
        JsonNode value = choice.getValue();
        return switch (choice.getKey()) {
            case "cookie" ->
                new Assignment.ByCookie(Fields.string(value, "name"), Fields.list(value, "values", Fields::text));
            case "header" ->
                new Assignment.ByHeader(
                        Fields.lowerCaseText(Fields.required(value, "name")),
                        Fields.list(value, "values", Fields::text));
            case "request" -> new Assignment.ByRequest();
            default -> new Assignment.ByUser();
        };
    }

    private static Cookie cookie(JsonNode json) {
        Cookie usual = Cookie.USUAL;
        return new Cookie(
                Fields.optionalString(json, "name").orElse(usual.name()),
                Fields.optionalString(json, "path").orElse(usual.path()),
                Fields.optionalDuration(json, "maxAge").map(Duration::toSeconds).orElse(usual.maxAge()),
                Fields.flag(json, "secure"),
                Fields.optionalString(json, "sameSite").orElse(usual.sameSite()));
    }

    private static CanaryPace pace(JsonNode json) {
        List<Integer> steps = Fields.list(json, "steps", JsonNode::intValue);
        return new CanaryPace(
                Fields.optionalString(json, "mode")
                        .map(mode -> Mode.valueOf(mode.toUpperCase(Locale.ROOT)))
                        .orElse(Mode.AUTOMATIC),
                steps.isEmpty() ? CanaryPace.USUAL_STEPS : steps,
                Fields.optionalDuration(json, "bake").orElse(CanaryPace.USUAL_BAKE),
                Fields.optionalDuration(json, "grace").orElse(CanaryPace.USUAL_GRACE));
    }

    private static CanaryAnalysis analysis(JsonNode json) {
        CanaryAnalysis usual = CanaryAnalysis.USUAL;
        return new CanaryAnalysis(
                Fields.integer(json, "minimumRequests", usual.minimumRequests()),
                Fields.optional(json, "tolerance").map(Percents::toMillionths).orElse(usual.tolerance()),
                Fields.optional(json, "maximumErrorRate")
                        .map(Percents::toMillionths)
                        .orElse(usual.maximumErrorRate()),
                Fields.optionalDuration(json, "maximumWait").orElse(usual.maximumWait()),
                Fields.optional(json, LATENCY).map(CanaryJson::latency),
                Fields.list(json, "metrics", CanaryMetricJson::read));
    }

    private static LatencyRule latency(JsonNode json) {
        return new LatencyRule(
                Durations.parse(Fields.string(json, "slow")),
                Fields.optional(json, "tolerance").map(Percents::toMillionths).orElse(LatencyRule.USUAL_TOLERANCE),
                Fields.optional(json, "maximum").map(Percents::toMillionths).orElse(LatencyRule.USUAL_MAXIMUM));
    }

    private static State state(JsonNode json) {
        return new State(
                Phase.valueOf(Fields.string(json, "phase").toUpperCase(Locale.ROOT)),
                Fields.integer(json, "step"),
                Fields.optionalString(json, "since").map(Instant::parse),
                Fields.list(json, "moved", Fields::text),
                Fields.optionalString(json, "reason").orElse(""));
    }
}
