package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes canaries and experiments for the routes of a table, somewhere on their way. A route is divided by canaries or by
 * experiments of one layer, which a control plane asks for.
 */
final class DivisionGenerator {
    private final Dice dice;
    private final List<Table.Entry> made = new ArrayList<>();

    private DivisionGenerator(Dice dice) {
        this.dice = dice;
    }

    static List<Table.Entry> generate(Dice dice, List<Table.Entry> routes) {
        DivisionGenerator generator = new DivisionGenerator(dice);
        List<Table.Entry> forCanaries = new ArrayList<>();
        List<Table.Entry> forExperiments = new ArrayList<>();
        int kinds = dice.below(4);
        for (Table.Entry route : routes) {
            JsonNode forward = route.spec().at("/action/forward");
            boolean hashed = forward.has("hash");
            if (forward.has("pools") && (kinds == 0 || kinds == 1 && dice.percent(50))) {
                forCanaries.add(route);
            } else if (forward.has("pools") && !hashed) {
                forExperiments.add(route);
            }
        }
        // One that names no routes is for all of them, also for those of experiments.
        generator.canaries(forCanaries, kinds == 0);
        generator.experiments(forExperiments);
        return generator.made;
    }

    private void canaries(List<Table.Entry> routes, boolean alone) {
        List<String> free = new ArrayList<>(Pools.PLAIN);
        free.addAll(List.of(Pools.DEAD, Pools.EMPTY));
        for (int i = 0; i < 2; i++) {
            List<String> stable = new ArrayList<>(pools(routes));
            stable.retainAll(free);
            if (stable.isEmpty() || i == 1 && dice.percent(50)) {
                return;
            }
            String from = dice.of(stable);
            List<Table.Entry> sending = routes.stream()
                    .filter(route -> pools(List.of(route)).contains(from))
                    .toList();
            free.remove(from);
            List<String> possible = new ArrayList<>(free);
            possible.removeAll(pools(sending));
            if (possible.isEmpty()) {
                return;
            }
            String to = dice.percent(90) ? possible.get(0) : dice.of(possible);
            free.remove(to);
            ObjectNode spec = JsonNodeFactory.instance.objectNode();
            spec.put("stable", from).put("canary", to).put("mode", "manual");
            if (!alone || dice.percent(50)) {
                ArrayNode names = spec.putArray("routes");
                dice.some(1, 3, sending).forEach(route -> names.add(route.name()));
            }
            canary(spec);
            made.add(new Table.Entry("canary", "c" + i, spec, way(spec)));
        }
    }

    private static Set<String> pools(List<Table.Entry> routes) {
        Set<String> pools = new TreeSet<>();
        routes.forEach(route -> route.spec()
                .at("/action/forward/pools")
                .forEach(pool -> pools.add(pool.path("pool").asText())));
        return pools;
    }

    private void canary(ObjectNode spec) {
        if (dice.percent(40)) {
            spec.put("weight", dice.of(0, 1, 9, 10, 37, 50, 90, 99, 100));
        } else if (dice.percent(50)) {
            int last = dice.of(1, 20, 55);
            spec.putArray("steps").add(last).add(last + 25).add(100);
        }
        if (dice.percent(40)) {
            ObjectNode assignment = spec.putObject("assignment");
            switch (dice.below(4)) {
                case 0 -> assignment.putObject("user");
                case 1 -> assignment.putObject("request");
                case 2 -> outside(assignment.putObject("cookie"), dice.of("c", "d", "canary"));
                default -> outside(assignment.putObject("header"), dice.of("x-a", "x-b"));
            }
        }
        if (dice.percent(50)) {
            ObjectNode cookie = spec.putObject("cookie").put("name", dice.of("force", "c", "canary"));
            if (dice.percent(50)) {
                cookie.put("path", "/a").put("maxAge", "1h").put("secure", true).put("sameSite", "Strict");
            }
        }
    }

    private void outside(ObjectNode by, String name) {
        by.put("name", name);
        dice.some(1, 3, List.of("a", "b", "ab", "a.b", "(a")).forEach(by.putArray("values")::add);
    }

    /** What a canary has behind it; one whose share is set by hand has no steps. */
    private List<String> way(ObjectNode spec) {
        boolean steps = !spec.has("weight");
        return switch (dice.below(10)) {
            case 0 -> List.of();
            case 1, 2 -> steps ? List.of("start", "advance") : List.of("start");
            case 3 -> steps ? List.of("start", "advance", "advance") : List.of("start");
            case 4 -> steps ? List.of("start", "pause") : List.of("start");
            case 5 -> List.of("start", "promote");
            case 6 -> List.of("start", "abort");
            case 7 -> List.of("start", "promote", dice.of("abort", "finish"));
            default -> List.of("start");
        };
    }

    private void experiments(List<Table.Entry> routes) {
        if (routes.isEmpty()) {
            return;
        }
        int count = 1 + dice.below(3);
        int population = dice.of(100, 90, 60);
        String layer = dice.of("a", "b", "c");
        for (int i = 0; i < count; i++) {
            ObjectNode spec = JsonNodeFactory.instance.objectNode();
            ArrayNode names = spec.putArray("routes");
            dice.some(1, 4, routes).forEach(route -> names.add(route.name()));
            spec.put("layer", layer).put("population", dice.percent(20) ? 0 : (double) population / count);
            ArrayNode variants = spec.putArray("variants");
            int most = 2 + dice.below(2);
            for (int v = 0; v < most; v++) {
                variant(variants.addObject(), v);
            }
            if (dice.percent(60)) {
                spec.putObject("cookie").put("name", dice.of("ab", "c") + i);
            }
            made.add(new Table.Entry("experiment", "e" + i, spec, phase(variants)));
        }
    }

    private void variant(ObjectNode variant, int number) {
        variant.put("name", number == 0 ? "control" : dice.of("v_", "W", "x-") + number);
        if (number == 0 || dice.percent(50)) {
            variant.put("weight", 1 + dice.below(3));
        }
        if (number > 0 && dice.percent(60)) {
            variant.put("pool", dice.percent(90) ? dice.of(Pools.PLAIN) : dice.of(Pools.EMPTY, Pools.DEAD));
        }
        if (dice.percent(30)) {
            new HeaderGenerator(dice).put(variant);
        }
    }

    private List<String> phase(ArrayNode variants) {
        return switch (dice.below(8)) {
            case 0 -> List.of();
            case 1 -> List.of("start", "stop");
            case 2 ->
                List.of("start", "stop?winner=" + variants.path(1).path("name").asText());
            default -> List.of("start");
        };
    }
}
