package io.signalbox.cli.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.files.InvalidFilesException;
import io.signalbox.cli.files.ResourceDocument;
import io.signalbox.cli.files.ResourceFiles;
import io.signalbox.controlplane.model.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of {@code examples/base-scenario}, moved to this machine: listeners go to a free loopback port, and each
 * endpoint is replaced by an echo server on a port of its own. Nothing else differs from what users read.
 */
final class Scenario {
    static final List<String> FILES = List.of(
            "edge.yaml",
            "api.yaml",
            "services.yaml",
            "devices.yaml",
            "api-versions.yaml",
            "countries.yaml",
            "search.yaml",
            "canary.yaml",
            "automatic-canaries.yaml",
            "experiment.yaml");

    private final Map<String, List<ResourceDocument>> documentsByFile;

    private Scenario(Map<String, List<ResourceDocument>> documentsByFile) {
        this.documentsByFile = documentsByFile;
    }

    /**
     * @param directory gets copies of the files; must hold {@code shop.crt} and {@code shop.key}
     * @param edgePort where the listener goes
     */
    static Scenario prepare(Path directory, int edgePort, Backends backends) throws IOException {
        Map<String, List<ResourceDocument>> documentsByFile = new LinkedHashMap<>();
        for (String file : FILES) {
            Path copy = directory.resolve(file);
            try (InputStream in = Scenario.class.getResourceAsStream("/base-scenario/" + file)) {
                if (in == null) {
                    throw new IOException("base-scenario/" + file + " is not on the class path");
                }
                Files.copy(in, copy);
            }
            List<ResourceDocument> documents = load(copy);
            for (ResourceDocument document : documents) {
                move(document, edgePort, backends);
            }
            documentsByFile.put(file, documents);
        }
        return new Scenario(documentsByFile);
    }

    private static List<ResourceDocument> load(Path file) throws IOException {
        try {
            return ResourceFiles.load(List.of(file));
        } catch (InvalidFilesException e) {
            throw new IllegalStateException("the example is not in the file form", e);
        }
    }

    private static void move(ResourceDocument document, int edgePort, Backends backends) throws IOException {
        if (document.kind() == Kind.LISTENER) {
            document.spec().put("address", "127.0.0.1").put("port", edgePort);
        } else if (document.kind() == Kind.POOL) {
            int number = 0;
            for (JsonNode endpoint : document.spec().path("endpoints")) {
                number++;
                InetSocketAddress backend = backends.start(document.name(), number);
                ((ObjectNode) endpoint)
                        .put("address", backend.getAddress().getHostAddress())
                        .put("port", backend.getPort());
            }
        }
    }

    /** The resources of one file. */
    List<ResourceDocument> of(String file) {
        return Optional.ofNullable(documentsByFile.get(file)).orElseThrow();
    }

    List<ResourceDocument> all() {
        return documentsByFile.values().stream().flatMap(List::stream).toList();
    }
}
