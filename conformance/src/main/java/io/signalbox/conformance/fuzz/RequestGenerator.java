package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes requests for a table: half of them after one of its routes, the others from the alphabet; most are then bent. */
final class RequestGenerator {
    private static final int BENT_PERCENT = 70;
    private static final int DIVIDED_PERCENT = 60;

    private final Dice dice;
    private final Table table;
    private final Bends bends;

    RequestGenerator(Dice dice, Table table) {
        this.dice = dice;
        this.table = table;
        this.bends = new Bends(dice);
    }

    WireRequest generate() {
        if (!table.divisions().isEmpty() && dice.percent(DIVIDED_PERCENT)) {
            WireRequest request = matching(dice.of(divided()).spec());
            WireRequest assigned = new AssignmentGenerator(dice, table.divisions()).assigned(request);
            return dice.percent(BENT_PERCENT / 2) ? bends.bend(assigned) : assigned;
        }
        List<Table.Entry> all = Stream.concat(table.virtualHosts().stream(), table.routes().stream())
                .toList();
        WireRequest request = dice.percent(50) ? matching(dice.of(all).spec()) : random();
        return dice.percent(BENT_PERCENT) ? bends.bend(request) : request;
    }

    /** The routes that a canary or an experiment names, or all where none is named. */
    private List<Table.Entry> divided() {
        List<String> names = dice.of(table.divisions()).routes();
        return table.routes().stream()
                .filter(route -> names.isEmpty() || names.contains(route.name()))
                .toList();
    }

    private WireRequest random() {
        String query = dice.percent(30) ? "?" + dice.of(Alphabet.PARAMETERS) + "=" + dice.of("a", "b", "") : "";
        List<String> lines = new ArrayList<>(List.of("Host: " + host(dice.of(Alphabet.HOSTS))));
        if (dice.percent(40)) {
            lines.add(dice.of(Alphabet.HEADERS) + ": " + dice.of(Alphabet.VALUES));
        }
        if (dice.percent(30)) {
            lines.add("Cookie: " + dice.of(Alphabet.COOKIES) + "=" + dice.of(Alphabet.VALUES));
        }
        return withBody(dice.of(Alphabet.METHODS), dice.of(Alphabet.PATHS) + query, lines);
    }

    /** One that fulfils every condition of a route, as far as they do not contradict each other. */
    private WireRequest matching(JsonNode route) {
        JsonNode match = route.path("match");
        List<String> lines = new ArrayList<>();
        lines.add("Host: " + host(any(route.path("hosts"), "a.test")));
        match.path("headers")
                .forEach(c -> value(c).ifPresent(v -> lines.add(c.path("name").asText() + ": " + v)));
        JsonNode named = route.path("action").path("forward").path("poolFromHeader");
        if (named.has("name") && dice.percent(80)) {
            lines.add(named.get("name").asText() + ": " + dice.of("v1", Pools.DEAD, "v2"));
        }
        if (route.has("cors") && dice.percent(50)) {
            lines.add("Origin: " + dice.of(Alphabet.ORIGINS));
        }
        if (match.path("grpc").asBoolean()) {
            lines.add("Content-Type: application/grpc" + dice.of("", "+proto", "-web"));
        }
        List<String> cookies = pairs(match.path("cookies"));
        if (!cookies.isEmpty()) {
            lines.add("Cookie: " + String.join("; ", cookies));
        }
        List<String> query = pairs(match.path("query"));
        String target = path(match.path("path")) + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return withBody(any(match.path("methods"), dice.of(Alphabet.METHODS)), target, lines);
    }

    private WireRequest withBody(String method, String target, List<String> lines) {
        WireRequest request = new WireRequest(method, target, "HTTP/1.1", lines, "");
        if (!List.of("POST", "PUT", "PATCH").contains(method) || dice.percent(50)) {
            return request;
        }
        return dice.percent(50)
                ? request.withLine("Content-Length: 3").withBody("abc")
                : request.withLine("Transfer-Encoding: chunked").withBody("3\r\nabc\r\n0\r\n\r\n");
    }

    private String any(JsonNode array, String other) {
        return array.isEmpty() ? other : array.get(dice.below(array.size())).asText();
    }

    private String host(String pattern) {
        return pattern.startsWith("*.") || pattern.endsWith(".*")
                ? pattern.replace("*", dice.of("a", "b", "test", "b.a"))
                : pattern.equals("*") ? dice.of("a.test", "z") : pattern;
    }

    private String path(JsonNode path) {
        return inCase(path, pathInItsCase(path));
    }

    /** Of what is for any case, perhaps another one. */
    private String inCase(JsonNode condition, String text) {
        return condition.path("ignoreCase").asBoolean() && dice.percent(50)
                ? dice.of(text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
                : text;
    }

    private String pathInItsCase(JsonNode path) {
        if (path.has("exact")) {
            return path.get("exact").asText();
        } else if (path.has("regex")) {
            return dice.of(Alphabet.PATH_REGEXES.getOrDefault(path.get("regex").asText(), Alphabet.PATHS));
        } else if (path.has("template")) {
            return dice.of(Alphabet.TEMPLATES.getOrDefault(path.get("template").asText(), Alphabet.PATHS));
        }
        String prefix = path.path("prefix").asText(path.path("rawPrefix").asText("/"));
        String end = dice.of("", "", "/", "/a", "/b/c", "x");
        return prefix.endsWith("/") && end.startsWith("/") ? prefix + end.substring(1) : prefix + end;
    }

    private List<String> pairs(JsonNode conditions) {
        List<String> pairs = new ArrayList<>();
        conditions.forEach(c -> value(c).ifPresent(v -> pairs.add(c.path("name").asText() + "=" + v)));
        return pairs;
    }

    /** A value that a condition is for; empty for one that the name must be absent for. */
    private Optional<String> value(JsonNode condition) {
        if (condition.has("present")) {
            boolean wanted = condition.get("present").asBoolean()
                    != condition.path("invert").asBoolean();
            return wanted ? Optional.of(dice.of(Alphabet.VALUES)) : Optional.empty();
        }
        if (condition.path("invert").asBoolean()) {
            return Optional.of(dice.of(Alphabet.VALUES));
        } else if (condition.has("range")) {
            return Optional.of(dice.of("0", "1", "2", "3", "-1", "+1", "1.0"));
        }
        return valueInItsCase(condition).map(text -> inCase(condition, text));
    }

    private Optional<String> valueInItsCase(JsonNode condition) {
        String part = dice.of("", "a", "b");
        for (Map.Entry<String, JsonNode> field : condition.properties()) {
            String text = field.getValue().asText();
            switch (field.getKey()) {
                case "exact" -> {
                    return Optional.of(text);
                }
                case "prefix" -> {
                    return Optional.of(text + part);
                }
                case "suffix" -> {
                    return Optional.of(part + text);
                }
                case "contains" -> {
                    return Optional.of(part + text + part);
                }
                case "regex" -> {
                    return Optional.of(dice.of(Alphabet.VALUE_REGEXES.getOrDefault(text, Alphabet.VALUES)));
                }
                default -> {
                    // The name, which says nothing about the value.
                }
            }
        }
        return Optional.of(part);
    }
}
