package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Routes with conditions beyond the basic ones, and with rewrites, most of them as they should be. */
final class GeneratedMatches {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of("exact", "prefix", "suffix", "contains", "regex");

    /** What one route gets. */
    private record Extras(
            Optional<ObjectNode> path,
            boolean ignoreCase,
            boolean missingAsEmpty,
            Optional<ObjectNode> range,
            List<String> sources,
            Optional<ObjectNode> fraction) {}

    private GeneratedMatches() {}

    static Arbitrary<ObjectNode> on(Arbitrary<ObjectNode> route) {
        return Combinators.combine(route, extras(), destination(), host(), pathRewrite())
                .as((spec, extras, destination, host, rewrites) -> {
                    ObjectNode changed = spec.deepCopy();
                    change((ObjectNode) changed.path("match"), extras);
                    JsonNode path = changed.at("/match/path");
                    if (changed.at("/action/forward") instanceof ObjectNode forward) {
                        destination.ifPresent(to -> {
                            forward.removeAll();
                            forward.set("poolFromHeader", to);
                        });
                        ObjectNode rewrite = JSON.objectNode();
                        host.ifPresent(to -> rewrite.set("host", to));
                        rewrites.flatMap(all -> fitting(path, all)).ifPresent(to -> rewrite.set("path", to));
                        if (!rewrite.isEmpty()) {
                            forward.set("rewrite", rewrite);
                        }
                    } else if (changed.at("/action/redirect") instanceof ObjectNode redirect) {
                        rewrites.flatMap(all -> fitting(path, all))
                                .filter(to -> !to.has("template") && !redirect.has("path"))
                                .ifPresent(redirect::setAll);
                    }
                    return changed;
                });
    }

    private static void change(ObjectNode match, Extras extras) {
        extras.path.ifPresent(path -> match.set("path", path));
        for (String list : List.of("headers", "cookies", "query")) {
            for (JsonNode condition : match.path(list)) {
                if (extras.ignoreCase && TEXTS.stream().anyMatch(condition::has)) {
                    ((ObjectNode) condition).put("ignoreCase", true);
                }
                if (extras.missingAsEmpty && list.equals("headers") && !condition.has("present")) {
                    ((ObjectNode) condition).put("missingAsEmpty", true);
                }
            }
        }
        extras.range.ifPresent(((ArrayNode) match.path("headers"))::add);
        if (!extras.sources.isEmpty()) {
            extras.sources.forEach(match.putArray("sources")::add);
        }
        match.put("grpc", extras.missingAsEmpty);
        extras.fraction.ifPresent(fraction -> match.set("fraction", fraction));
    }

    private static Arbitrary<Extras> extras() {
        Arbitrary<ObjectNode> range = Combinators.combine(
                        Arbitraries.of(-9007199254740991L, -5L, 0L, 3L),
                        Arbitraries.of(4L, 9007199254740991L, 4L, 4L, 4L, 4L, 4L, 4L, 3L))
                .as((from, to) -> {
                    ObjectNode json = JSON.objectNode().put("name", "x-number");
                    json.putObject("range").put("from", from).put("to", to);
                    return json;
                });
        Arbitrary<List<String>> sources = Arbitraries.of(
                        "10.0.0.0/8 0.0.0.0/0 192.0.2.7 192.0.2.0/25 2001:DB8::/32 ::/0 ::1 fe80::/10 1:2:3:4:5:6:7:8/128 ::/3"
                                .split(" "))
                .list()
                .uniqueElements()
                .ofMaxSize(3);
        Arbitrary<ObjectNode> fraction = Combinators.combine(
                        Arbitraries.of(0, 0.0001, 12.5, 33.3333, 100), Arbitraries.of("", "a.b-c_D"))
                .as((percent, key) -> {
                    ObjectNode json = JSON.objectNode().put("percent", percent.doubleValue());
                    return key.isEmpty() ? json : json.put("runtimeKey", key);
                });
        Arbitrary<String> oddSource = Arbitraries.of("10.0.0.1/8", "::ffff:10.0.0.0/104", "1.2.3", "::1/129", "::2::");
        return Combinators.combine(
                        path().optional(0.5),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        range.optional(0.2),
                        Arbitraries.frequencyOf(Tuple.of(40, sources), Tuple.of(1, oddSource.map(List::of))),
                        fraction.optional(0.2))
                .as(Extras::new);
    }

    private static Arbitrary<ObjectNode> path() {
        Arbitrary<ObjectNode> text = Combinators.combine(
                        Arbitraries.of("/", "/a", "/A/b", "/a/", "/%2f", "//", "/1"),
                        Arbitraries.of("exact", "prefix", "rawPrefix"),
                        Arbitraries.of(true, false))
                .as((path, word, ignoreCase) ->
                        JSON.objectNode().put(word, path).put("ignoreCase", ignoreCase));
        Arbitrary<String> templates = Arbitraries.of(
                ("/ /a /a/* /a/** /{x} /{x}/ /a/{x}/b/{y} /a/{x=**} /a/{x=b/*}.mp4 /**.mpd /a/*/{z=c/**}/d"
                                + " /A%20b/(c) /a{x} /{x}.a/b /v{x=**}/ /{x=b/*}.c/ /{a}/{b}/{c}/{d}/{e} /"
                                + "a".repeat(255))
                        .split(" "));
        Arbitrary<String> odd = Arbitraries.of(
                "/{x}/{x} /a* /**/** /{x // /{1} /a{x}{y} /{a}/{b}/{c}/{d}/{e}/{f} /*.a/b /{x=} /a/**/* /{x=*.a} /v{x=b/*}"
                        .split(" "));
        return Arbitraries.oneOf(
                text,
                Arbitraries.of("/A[a-z]+", "/(K|s)x?")
                        .map(regex -> JSON.objectNode().put("regex", regex).put("ignoreCase", true)),
                Arbitraries.frequencyOf(Tuple.of(20, templates), Tuple.of(1, odd))
                        .map(template -> JSON.objectNode().put("template", template)));
    }

    private static Arbitrary<Optional<ObjectNode>> destination() {
        Arbitrary<ObjectNode> fromHeader = Arbitraries.of("x-pool", "X_Pool", "cookie")
                .map(name -> {
                    ObjectNode json = JSON.objectNode().put("name", name);
                    json.putArray("pools").add("pool-0").add("pool-1");
                    return json;
                });
        return fromHeader.optional(0.2);
    }

    private static Arbitrary<Optional<ObjectNode>> host() {
        Arbitrary<ObjectNode> host = Arbitraries.oneOf(
                Arbitraries.of("a.example.com", "A:8080", "x".repeat(253))
                        .map(literal -> JSON.objectNode().put("literal", literal)),
                Arbitraries.of("x-host", "Cookie").map(name -> JSON.objectNode().put("fromHeader", name)),
                Arbitraries.just("auto").map(word -> {
                    ObjectNode json = JSON.objectNode();
                    json.putObject(word);
                    return json;
                }));
        return Combinators.combine(host, Arbitraries.of(true, false))
                .as((to, forward) -> to.deepCopy().put("forwardOriginal", forward))
                .optional(0.3);
    }

    /** One of each kind, of which one may fit the path. */
    private static Arbitrary<Optional<List<ObjectNode>>> pathRewrite() {
        Arbitrary<ObjectNode> prefix = Arbitraries.of("/", "/b", "/b/", "/x".repeat(1024))
                .map(to -> JSON.objectNode().put("prefix", to));
        Arbitrary<ObjectNode> regex = Combinators.combine(
                        Arbitraries.of("^/a", "(a)(b)?", ".*", "x|"),
                        Arbitraries.frequencyOf(
                                Tuple.of(10, Arbitraries.of("/b", "", "/\\0", "/\\\\", "/%2f")),
                                Tuple.of(1, Arbitraries.of("\\2", "/\\x"))))
                .as((pattern, substitution) -> {
                    ObjectNode json = JSON.objectNode();
                    json.putObject("regex").put("pattern", pattern).put("substitution", substitution);
                    return json;
                });
        Arbitrary<ObjectNode> template = Arbitraries.of(
                        "/", "/b", "/{x}", "/{x}{x}/b/", "/{x}-1/{x}", "/{x}/c", "/{y}/{x}", "/{z}/*", "//")
                .map(to -> JSON.objectNode().put("template", to));
        return Combinators.combine(prefix, regex, template).as(List::of).optional(0.5);
    }

    private static Optional<ObjectNode> fitting(JsonNode path, List<ObjectNode> rewrites) {
        String word = path.has("prefix") || path.has("rawPrefix")
                ? "prefix"
                : path.path("template").asText().contains("{x}") ? "template" : "regex";
        return rewrites.stream().filter(rewrite -> rewrite.has(word)).findFirst();
    }
}
