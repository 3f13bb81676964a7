package io.signalbox.conformance.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.local.EchoBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes a difference down as a conformance case that expects what Envoy did. */
final class CaseWriter {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private CaseWriter() {}

    /** Returns the file, {@code DIR/fuzz-found/NAME.yaml}. */
    static Path write(Path directory, String name, Difference difference) throws IOException {
        Path file = directory.resolve("fuzz-found").resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, YAML.writeValueAsString(toCase(name, difference)));
    }

    private static ObjectNode toCase(String name, Difference difference) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("name", name + " (say what is so)");
        root.put("why", Stage.unfilled(difference.describe()));
        root.put("docs", "https://www.envoyproxy.io/docs/envoy/latest/");
        Table table = difference.table();
        pools(table).forEach(root.withArray("pools")::add);
        table.all()
                .forEach(entry -> root.withArray("resources")
                        .addObject()
                        .put("kind", entry.kind())
                        .put("name", entry.name())
                        .set("spec", entry.spec()));
        table.divisions().forEach(entry -> entry.actions().forEach(action -> action(root, entry, action)));
        ObjectNode request = root.withArray("requests").addObject();
        request.put("raw", difference.request().text());
        expect(request.putObject("expect"), difference);
        return root;
    }

    private static Set<String> pools(Table table) {
        TreeSet<String> pools = new TreeSet<>();
        table.routes()
                .forEach(route -> route.spec()
                        .at("/action/forward/pools")
                        .forEach(pool -> pools.add(pool.path("pool").asText())));
        table.divisions().forEach(entry -> {
            Stream.of("stable", "canary")
                    .filter(entry.spec()::has)
                    .forEach(side -> pools.add(entry.spec().path(side).asText()));
            entry.spec()
                    .path("variants")
                    .forEach(variant -> pools.add(variant.path("pool").asText(Pools.EMPTY)));
        });
        pools.remove(Pools.EMPTY);
        pools.remove(Pools.DEAD);
        return pools;
    }

    private static void action(ObjectNode root, Table.Entry entry, String action) {
        String[] parts = action.split("\\?winner=", 2);
        ObjectNode object = root.withArray("actions")
                .addObject()
                .put(entry.kind(), entry.name())
                .put("action", parts[0]);
        if (parts.length > 1) {
            object.put("winner", parts[1]);
        }
    }

    private static void expect(ObjectNode expect, Difference difference) {
        Seen envoy = difference.left();
        String backend = envoy.find(Seen.ANSWERED_BY).orElse(Seen.PROXY);
        if (Pools.PLAIN.contains(backend)) {
            expect.put("pool", backend);
        } else {
            envoy.find(Seen.STATUS).ifPresent(status -> expect.put("status", Integer.parseInt(status)));
        }
        envoy.find(Seen.LOCATION).ifPresent(location -> expect.put("location", location));
        List<String> differing = difference.aspects();
        if (differing.contains(Seen.CONNECTION)) {
            envoy.find(Seen.CONNECTION).ifPresent(connection -> expect.put("connection", connection));
        }
        if (differing.contains(Seen.BODY)) {
            envoy.find(Seen.BODY).ifPresent(body -> expect.put("body", body));
        }
        for (String aspect : differing) {
            if (aspect.startsWith(Seen.HEADER) && !aspect.endsWith(EchoBackend.NAME_HEADER)) {
                expect.withObject("/headers")
                        .put(
                                aspect.substring(Seen.HEADER.length()),
                                Stage.unfilled(envoy.find(aspect).orElse("")));
            } else if (aspect.startsWith(Seen.UPSTREAM_HEADER)) {
                expect.withObject("/upstream/headers")
                        .put(
                                aspect.substring(Seen.UPSTREAM_HEADER.length()),
                                Stage.unfilled(envoy.find(aspect).orElse("")));
            }
        }
        if (differing.contains(Seen.UPSTREAM_METHOD)) {
            envoy.find(Seen.UPSTREAM_METHOD)
                    .ifPresent(method -> expect.withObject("/upstream").put("method", method));
        }
        if (differing.contains(Seen.UPSTREAM_PATH)) {
            envoy.find(Seen.UPSTREAM_PATH)
                    .ifPresent(path -> expect.withObject("/upstream").put("path", path));
        }
    }
}
