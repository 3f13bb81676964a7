package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.local.ApiClient;
import io.signalbox.local.ApiClient.Change;
import io.signalbox.local.ApiClient.Expect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts tables on a control plane, one in place of the other, and waits until all proxies serve it. For one thread, and those
 * that this one starts while a table stands.
 */
final class Stage {
    static final String MARKER_TEXT = "table ";

    private static final Pattern NAME = Pattern.compile("\\$\\{(canary|experiment) ([a-z0-9]+)}");
    private static final Pattern STORED = Pattern.compile("\\bt[0-9]+-(([ce])[0-9])");
    private static final Duration PROPAGATION = Duration.ofSeconds(20);
    private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

    private final ApiClient api;
    private final List<Wire> wires;
    private List<Table.Entry> stored = List.of();
    private int number;

    Stage(ApiClient api, Pools pools, List<Wire> wires) {
        this.api = api;
        this.wires = List.copyOf(wires);
        List<Change> changes = new ArrayList<>();
        pools.specs().forEach((name, spec) -> changes.add(put("pool", name, spec, Expect.ABSENT)));
        changes.add(put("route", "marker", marker(), Expect.ABSENT));
        api.changeSet("pools of the fuzz run", changes, "");
    }

    /**
     * @throws io.signalbox.local.ApiException when the control plane refuses the table
     */
    void show(Table table) {
        number++;
        List<Change> changes = new ArrayList<>();
        stored.forEach(
                old -> changes.add(new Change(old.kind(), old.name(), Expect.PRESENT, Optional.empty(), Map.of())));
        List<Table.Entry> anew =
                table.all().stream().map(entry -> entry.renamed(this::named)).toList();
        anew.forEach(entry -> changes.add(put(entry.kind(), entry.name(), entry.spec(), Expect.ABSENT)));
        List<Table.Entry> moved =
                anew.stream().filter(entry -> !entry.actions().isEmpty()).toList();
        if (!moved.isEmpty()) {
            api.changeSet(MARKER_TEXT + number, changes, "");
            stored = anew;
            changes.clear();
            moved.forEach(this::move);
        }
        changes.add(put("route", "marker", marker(), Expect.PRESENT));
        api.changeSet(MARKER_TEXT + number, changes, "wait=applied&timeout=20s");
        stored = anew;
        wires.forEach(this::awaitMarker);
    }

    /** Never a name again: a route that is stored anew under an old name would count as old. */
    private String named(String name) {
        return "t" + number + "-" + name;
    }

    private void move(Table.Entry entry) {
        String kinds = entry.kind().equals("canary") ? "canaries" : "experiments";
        entry.actions().forEach(action -> api.post("/api/v1/" + kinds + "/" + entry.name() + ":" + action));
    }

    /** The same request, where it says the name of a canary of the table ({@code ${canary c0}}) with the one it has now. */
    WireRequest filled(WireRequest request) {
        return request.withLines(request.lines().stream()
                .map(line -> NAME.matcher(line).replaceAll(found -> named(found.group(2))))
                .toList());
    }

    /** What {@link #filled} undoes. */
    static String unfilled(String text) {
        return STORED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "${" + (found.group(2).equals("c") ? "canary" : "experiment") + " " + found.group(1) + "}"));
    }

    private ObjectNode marker() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putArray("hosts").add(Wire.MARKER_HOST);
        spec.putObject("action").putObject("respond").put("status", 200).put("body", MARKER_TEXT + number);
        return spec;
    }

    private void awaitMarker(Wire wire) {
        long end = System.nanoTime() + PROPAGATION.toNanos();
        while (!wire.marker().equals(Optional.of(MARKER_TEXT + number))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(wire.name() + " does not serve table " + number + " after "
                        + PROPAGATION + "; nodes: " + api.nodes());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static Change put(String kind, String name, JsonNode spec, Expect expect) {
        return new Change(kind, name, expect, Optional.of(spec), Map.of());
    }
}
