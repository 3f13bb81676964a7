package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes route tables that a control plane takes: every one is valid, however odd. */
final class TableGenerator {
    private static final int MOST_ROUTES = 14;
    private static final int MOST_HOSTS = 3;
    private static final int DIVIDED_PERCENT = 75;

    private final Dice dice;
    private boolean policies;

    TableGenerator(Dice dice) {
        this.dice = dice;
    }

    /** All that decides where a request goes, and nothing beside. */
    Table routes() {
        policies = false;
        return table();
    }

    /** With policies, and with virtual hosts. */
    Table generate() {
        policies = true;
        return table();
    }

    private Table table() {
        // A table lives on few hosts and paths, or its routes would not meet.
        List<String> hosts =
                dice.some(1, MOST_HOSTS, Alphabet.HOSTS.stream().distinct().toList());
        int count = 1 + dice.below(MOST_ROUTES);
        List<Table.Entry> routes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            routes.add(Table.Entry.route("r%02d".formatted(i), route(hosts)));
        }
        List<Table.Entry> virtualHosts = policies ? new HostGenerator(dice).generate(hosts) : List.of();
        List<Table.Entry> divisions =
                dice.percent(DIVIDED_PERCENT) ? DivisionGenerator.generate(dice, routes) : List.of();
        return new Table(routes, virtualHosts, divisions);
    }

    private ObjectNode route(List<String> hosts) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        if (dice.percent(95)) {
            ArrayNode array = spec.putArray("hosts");
            dice.some(1, 2, hosts).stream()
                    .filter(host -> !(host.equals("A.test") && contains(array, "a.test")))
                    .filter(host -> !(host.equals("a.test") && contains(array, "A.test")))
                    .forEach(array::add);
        }
        if (dice.percent(10)) {
            spec.put("priority", dice.of(-1, 1, 5));
        }
        if (dice.percent(95)) {
            match(spec.putObject("match"));
        }
        ActionGenerator actions = new ActionGenerator(dice);
        if (policies) {
            actions.putWithPolicies(spec);
        } else {
            actions.put(spec);
        }
        new HeaderGenerator(dice).put(spec);
        return spec;
    }

    private static boolean contains(ArrayNode array, String text) {
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i).asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private void match(ObjectNode match) {
        if (dice.percent(90)) {
            path(match.putObject("path"));
        }
        if (dice.percent(25)) {
            ArrayNode methods = match.putArray("methods");
            dice.some(1, 2, Alphabet.METHODS.stream().distinct().toList()).forEach(methods::add);
        }
        if (dice.percent(30)) {
            conditions(match.putArray("headers"), Alphabet.HEADERS, true);
        }
        if (dice.percent(20)) {
            conditions(match.putArray("cookies"), Alphabet.COOKIES, false);
        }
        if (dice.percent(20)) {
            conditions(match.putArray("query"), Alphabet.PARAMETERS, false);
        }
        if (dice.percent(6)) {
            dice.some(1, 2, Alphabet.NETWORKS).forEach(match.putArray("sources")::add);
        }
        if (dice.percent(5)) {
            match.put("grpc", true);
        }
        if (dice.percent(5)) {
            match.putObject("fraction").put("percent", 100 * dice.below(2)); // what is between is not the same twice
        }
    }

    private void path(ObjectNode path) {
        switch (dice.below(8)) {
            case 0, 1 -> path.put("exact", dice.of(Alphabet.PATHS));
            case 2, 3 -> path.put("prefix", dice.of(Alphabet.PATHS));
            case 4 -> path.put("rawPrefix", dice.of(Alphabet.PATHS));
            case 5 -> path.put("template", dice.of(sorted(Alphabet.TEMPLATES)));
            default -> path.put("regex", dice.of(sorted(Alphabet.PATH_REGEXES)));
        }
        if (!path.has("template") && dice.percent(15)) {
            path.put("ignoreCase", true);
        }
    }

    private void conditions(ArrayNode conditions, List<String> names, boolean invertible) {
        int count = dice.percent(80) ? 1 : 2;
        for (int i = 0; i < count; i++) {
            ObjectNode condition = conditions.addObject();
            condition.put("name", dice.of(names));
            if (invertible && dice.percent(10)) {
                condition.putObject("range").put("from", dice.of(-1, 0, 1)).put("to", 3);
            } else {
                value(condition, names == Alphabet.COOKIES);
            }
            if (invertible && dice.percent(20)) {
                condition.put("invert", true);
            }
            if (invertible && !condition.has("present") && dice.percent(15)) {
                condition.put("missingAsEmpty", true);
            }
        }
    }

    private void value(ObjectNode condition, boolean cookie) {
        switch (dice.below(7)) {
            case 0, 1 -> condition.put("exact", dice.of(cookie ? Alphabet.PARTS : Alphabet.VALUES));
            case 2 -> condition.put("prefix", dice.of(Alphabet.PARTS));
            case 3 -> condition.put("suffix", dice.of(Alphabet.PARTS));
            case 4 -> condition.put("contains", dice.of(Alphabet.PARTS));
            case 5 -> condition.put("regex", dice.of(sorted(Alphabet.VALUE_REGEXES)));
            default -> condition.put("present", dice.percent(60));
        }
        if (!condition.has("present") && dice.percent(15)) {
            condition.put("ignoreCase", true);
        }
    }

    private static List<String> sorted(Map<String, ?> map) {
        // The order of a map's keys is no function of a seed.
        return map.keySet().stream().sorted().toList();
    }
}
