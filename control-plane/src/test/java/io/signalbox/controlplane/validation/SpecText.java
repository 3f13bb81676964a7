package io.signalbox.controlplane.validation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Specs in JSON with single quotes, and what rules find in them. */
final class SpecText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SpecText() {}

    static RouteSpec route(String text) throws Exception {
        return (RouteSpec) ModelJson.fromJson(Kind.ROUTE, JSON.readTree(text.replace('\'', '"')));
    }

    /** @param fields beside address and port */
    static ListenerSpec listener(String fields) throws Exception {
        String text = "{'address': '127.0.0.1', 'port': 1, " + fields + "}";
        return (ListenerSpec) ModelJson.fromJson(Kind.LISTENER, JSON.readTree(text.replace('\'', '"')));
    }

    static List<String> found(Consumer<Findings> rules) {
        List<Violation> violations = new ArrayList<>();
        rules.accept(Findings.into(violations, "spec"));
        return violations.stream().map(v -> v.field() + ": " + v.message()).toList();
    }
}
