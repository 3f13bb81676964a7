package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ExperimentSpec.Phase;
import io.signalbox.controlplane.model.ExperimentSpec.Run;
import io.signalbox.controlplane.model.ExperimentSpec.State;
import io.signalbox.controlplane.model.ExperimentSpec.Variant;
import io.signalbox.controlplane.model.ExperimentSpec.Window;
import io.signalbox.controlplane.model.Slice;
import java.util.Locale;

final class ExperimentJson {
    private static final String STATE = "state";

    private ExperimentJson() {}

    static void write(ExperimentSpec experiment, ObjectNode json) {
        Fields.writeList(json, "routes", experiment.routes(), TextNode::valueOf);
        Fields.writeList(json, "hosts", experiment.hosts(), TextNode::valueOf);
        Fields.write(json, "layer", experiment.layer());
        json.put("population", Percents.ofMillionths(experiment.population()));
        Fields.writeList(json, "variants", experiment.variants(), ExperimentJson::write);
        experiment.cookie().ifPresent(name -> json.putObject("cookie").put("name", name));
        json.put("counted", Percents.ofMillionths(experiment.counted()));
        experiment.window().start().ifPresent(time -> json.put("startsAt", time.toString()));
        experiment.window().end().ifPresent(time -> json.put("endsAt", time.toString()));
    }

    private static ObjectNode write(Variant variant) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", variant.name())
                .put("weight", variant.weight());
        Fields.write(json, "pool", variant.pool());
        HeadersJson.write(variant.headers(), json);
        return json;
    }

    /** As the store keeps it beside what users wrote. */
    static void writeState(ExperimentSpec experiment, ObjectNode json) {
        json.set(STATE, status(experiment));
    }

    static ObjectNode status(ExperimentSpec experiment) {
        State state = experiment.state();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("phase", state.phase().name().toLowerCase(Locale.ROOT));
        Fields.write(json, "winner", state.winner());
        state.run().ifPresent(run -> {
            json.put("startedAt", run.start().toString());
            run.mismatch().ifPresent(time -> json.put("sampleRatioMismatchAt", time.toString()));
        });
        Fields.writeList(json, "slices", state.slices(), ExperimentJson::write);
        return json;
    }

    private static ObjectNode write(Slice slice) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("variant", slice.variant())
                .put("from", slice.from())
                .put("to", slice.to());
    }

    static ExperimentSpec read(JsonNode json) {
        return new ExperimentSpec(
                Fields.list(json, "routes", Fields::text),
                Fields.list(json, "hosts", Fields::lowerCaseText),
                Fields.optionalString(json, "layer"),
                Fields.optional(json, "population").map(Percents::toMillionths).orElse(Slice.MILLION),
                Fields.list(json, "variants", ExperimentJson::variant),
                Fields.optional(json, "cookie").map(cookie -> Fields.string(cookie, "name")),
                Fields.optional(json, "counted").map(Percents::toMillionths).orElse(ExperimentSpec.COUNTED),
                new Window(
                        Fields.optionalString(json, "startsAt").map(Fields::instant),
                        Fields.optionalString(json, "endsAt").map(Fields::instant)),
                Fields.optional(json, STATE).map(ExperimentJson::state).orElse(State.NEW));
    }

    private static Variant variant(JsonNode json) {
        return new Variant(
                Fields.string(json, "name"),
                Fields.integer(json, "weight", 1),
                Fields.optionalString(json, "pool"),
                HeadersJson.read(json));
    }

    private static State state(JsonNode json) {
        return new State(
                Phase.valueOf(Fields.string(json, "phase").toUpperCase(Locale.ROOT)),
                Fields.list(json, "slices", ExperimentJson::slice),
                Fields.optionalString(json, "winner"),
                Fields.optionalString(json, "startedAt")
                        .map(Fields::instant)
                        .map(start -> new Run(
                                start,
                                Fields.optionalString(json, "sampleRatioMismatchAt")
                                        .map(Fields::instant))));
    }

    private static Slice slice(JsonNode json) {
        return new Slice(Fields.string(json, "variant"), Fields.integer(json, "from"), Fields.integer(json, "to"));
    }
}
