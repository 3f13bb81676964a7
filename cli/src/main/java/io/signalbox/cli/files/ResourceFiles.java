package io.signalbox.cli.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.controlplane.model.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads resources from files. A file holds one or more YAML documents; a directory stands for its {@code *.yaml} and
 * {@code *.yml} files in the order of their names, without its subdirectories.
 *
 * <p>In a certificate, {@code chain} and {@code privateKey} may be {@code "@FILE"}: the content of that file, whose
 * path is relative to the file that names it. No PEM text starts with an at sign.
 */
public final class ResourceFiles {
    private static final ObjectReader YAML =
            new YAMLMapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    private static final Set<String> FIELDS =
            Set.of("kind", "name", "labels", "spec", "status", "revision", "createdAt", "updatedAt");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> sourceOfTitle = new HashMap<>();
    private final List<ResourceDocument> documents = new ArrayList<>();

    private ResourceFiles() {}

    /**
     * @throws InvalidFilesException with every problem of every file
     * @throws IOException when a file cannot be read
     */
    public static List<ResourceDocument> load(List<Path> filesAndDirectories)
            throws IOException, InvalidFilesException {
        ResourceFiles files = new ResourceFiles();
        for (Path path : filesAndDirectories) {
            for (Path file : expand(path)) {
                files.read(file);
            }
        }
        if (!files.problems.isEmpty()) {
            throw new InvalidFilesException(files.problems);
        }
        return List.copyOf(files.documents);
    }

    private static List<Path> expand(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    private void read(Path file) throws IOException {
        int number = 0;
        try (MappingIterator<JsonNode> nodes = YAML.forType(JsonNode.class).readValues(file.toFile())) {
            while (nodes.hasNextValue()) {
                number++;
                JsonNode node = nodes.nextValue();
                if (!node.isNull() && !node.isMissingNode()) {
                    readDocument(node, file, file.getFileName() + ", document " + number);
                }
            }
        } catch (JsonProcessingException e) {
            problems.add(file.getFileName() + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        }
    }

    private void readDocument(JsonNode node, Path file, String source) throws IOException {
        int before = problems.size();
        List<String> unknown = new ArrayList<>();
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                unknown.add(field);
            }
        });
        unknown.forEach(field -> problems.add(source + ": unknown field " + field));
        Optional<Kind> kind = Kind.findBySingular(node.path("kind").asText());
        if (kind.isEmpty()) {
            problems.add(source + ": kind \"" + node.path("kind").asText() + "\" (expected: " + kinds() + ")");
        }
        String name = node.path("name").asText();
        if (name.isEmpty()) {
            problems.add(source + ": name is missing");
        }
        if (!(node.get("spec") instanceof ObjectNode)) {
            problems.add(source + ": spec is missing (expected: an object)");
        }
        if (node.has("labels") && !node.get("labels").isObject()) {
            problems.add(source + ": labels (expected: an object)");
        }
        if (problems.size() > before || kind.isEmpty()) {
            return;
        }
        ObjectNode spec = (ObjectNode) node.get("spec");
        if (kind.get() == Kind.CERTIFICATE) {
            embedFile(spec, "chain", file, source);
            embedFile(spec, "privateKey", file, source);
        }
        Optional<ObjectNode> labels = Optional.ofNullable((ObjectNode) node.get("labels"));
        add(new ResourceDocument(kind.get(), name, labels, spec, source));
    }

    private void add(ResourceDocument document) {
        String earlier = sourceOfTitle.putIfAbsent(document.title(), document.source());
        if (earlier != null) {
            problems.add(document.source() + ": " + document.title() + " is already in " + earlier);
        }
        documents.add(document);
    }

    private void embedFile(ObjectNode spec, String field, Path file, String source) throws IOException {
        String value = spec.path(field).asText();
        if (!value.startsWith("@")) {
            return;
        }
        Path named = file.resolveSibling(value.substring(1));
        if (Files.isReadable(named)) {
            spec.put(field, Files.readString(named));
        } else {
            problems.add(source + ": spec." + field + ": cannot read " + named);
        }
    }

    private static String kinds() {
        return Arrays.stream(Kind.values()).map(Kind::singular).collect(Collectors.joining(", "));
    }
}
