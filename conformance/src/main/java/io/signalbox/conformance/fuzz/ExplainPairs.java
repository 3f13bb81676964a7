package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.conformance.Bench;
import io.signalbox.conformance.ExplainCheck;
import io.signalbox.conformance.ExplainRequests;
import io.signalbox.conformance.Target;
import io.signalbox.envoy.EnvoyNotFoundException;
import io.signalbox.local.RawResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks explain and an Envoy the same about random tables. Answers and redirects tell which route made them, so that it is
 * compared too. The seed decides all of it.
 *
 * @param pairs of a config and a request, as many as are compared
 */
public record ExplainPairs(long seed, int pairs) {
    private static final int REQUESTS_OF_A_TABLE = 60;
    private static final int ENOUGH_DIFFERENCES = 20;

    /**
     * @param leftOut requests whose fate is no matter of routing, as {@link ExplainRequests} and {@link ExplainCheck} have it
     * @param outcomes how many pairs came to what, in the words of explanations
     */
    public record Result(
            int compared, int leftOut, int tables, Map<String, Integer> outcomes, List<String> differences) {
        public Result {
            outcomes = new TreeMap<>(outcomes);
            differences = List.copyOf(differences);
        }
    }

    /** @throws io.signalbox.local.ApiException when the control plane refuses a table, all of which are valid */
    public Result run(Target envoy) throws EnvoyNotFoundException {
        try (Bench bench = Bench.start(List.of(envoy));
                Pools pools = new Pools();
                Wire wire = new Wire(
                        envoy.name(), bench.httpAddresses().values().iterator().next())) {
            Stage stage = new Stage(bench.api(), pools, List.of(wire));
            return new Run(bench, stage, wire).all();
        }
    }

    private final class Run {
        private final Bench bench;
        private final Stage stage;
        private final Wire wire;
        private final Map<String, Integer> outcomes = new TreeMap<>();
        private final List<String> differences = new ArrayList<>();
        private int compared;
        private int leftOut;

        Run(Bench bench, Stage stage, Wire wire) {
            this.bench = bench;
            this.stage = stage;
            this.wire = wire;
        }

        Result all() {
            int tables = 0;
            while (compared < pairs && differences.size() < ENOUGH_DIFFERENCES) {
                one(tables++);
            }
            return new Result(compared, leftOut, tables, outcomes, differences);
        }

        private void one(int number) {
            Dice dice = Dice.of(seed, number);
            Table table = telling(new TableGenerator(dice).routes());
            RequestGenerator generator = new RequestGenerator(dice, table);
            stage.show(table);
            for (int i = 0; i < REQUESTS_OF_A_TABLE && compared < pairs; i++) {
                WireRequest request = stage.filled(generator.generate());
                Optional<ObjectNode> question = ExplainRequests.of(request.bytes(), Bench.HTTP);
                Optional<RawResponse> answer = question.isPresent() ? wire.ask(request) : Optional.empty();
                if (answer.isEmpty() || ExplainCheck.isUpstreamFailure(request.method(), answer.get())) {
                    leftOut++;
                } else {
                    compare(number, request, question.orElseThrow(), answer.get());
                }
            }
        }

        private void compare(int table, WireRequest request, ObjectNode question, RawResponse answer) {
            compared++;
            JsonNode explanation = bench.api()
                    .send("POST", "/api/v1/explain", Optional.of(question), Map.of())
                    .body();
            outcomes.merge(explanation.path("outcome").asText(), 1, Integer::sum);
            ExplainCheck.differences(explanation, answer, Set::of).stream()
                    .map(difference -> "table " + table + ", " + request.text() + ": " + difference)
                    .forEach(differences::add);
        }
    }

    /**
     * The same table, with the names of routes in what their answers and redirects say, and without changes to responses: they
     * might take the cookies away that tell whether a user is a new one.
     */
    private static Table telling(Table table) {
        List<Table.Entry> routes = new ArrayList<>();
        for (Table.Entry route : table.routes()) {
            ObjectNode spec = route.spec().deepCopy();
            spec.remove("responseHeaders");
            spec.at("/action/forward/pools").forEach(pool -> ((ObjectNode) pool).remove("responseHeaders"));
            if (spec.path("action").path("respond") instanceof ObjectNode respond && respond.has("body")) {
                respond.put("body", route.name());
            } else if (spec.path("action").path("redirect") instanceof ObjectNode redirect && redirect.has("host")) {
                redirect.put("host", route.name() + ".test");
            }
            routes.add(route.with(spec));
        }
        List<Table.Entry> divisions = new ArrayList<>();
        for (Table.Entry division : table.divisions()) {
            ObjectNode spec = division.spec().deepCopy();
            spec.path("variants").forEach(variant -> ((ObjectNode) variant).remove("responseHeaders"));
            divisions.add(division.with(spec));
        }
        return new Table(routes, table.virtualHosts(), divisions);
    }
}
