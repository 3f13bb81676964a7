package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and the resource classes name the same operations, with the same parameters. */
class OpenApiRoutesTest {
    private static final Pattern ALTERNATIVES = Pattern.compile("\\{\\w+: ([a-z-]+(?:\\|[a-z-]+)+)}");
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete", "head", "options");

    private final JsonNode document = OpenApiExamplesTest.document();

    /** What there is to an operation besides its method and path. */
    private record Operation(SortedSet<String> query, SortedSet<String> consumes, boolean needsToken) {}

    @Test
    void theDocumentAndTheCodeNameTheSameOperations() {
        assertThat(documented()).isEqualTo(coded());
    }

    @Test
    void operationIdsAreUnique() {
        List<String> ids = document.path("paths").findValuesAsText("operationId");
        assertThat(ids).doesNotHaveDuplicates().hasSize(documented().size());
    }

    private SortedMap<String, Operation> documented() {
        SortedMap<String, Operation> operations = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> operations.put(
                                name(method, path.getKey()),
                                documented(path.getValue().path(method)))));
        return operations;
    }

    private Operation documented(JsonNode operation) {
        SortedSet<String> query = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolve(parameter);
            if (resolved.path("in").asText().equals("query")) {
                query.add(resolved.path("name").asText());
            }
        }
        SortedSet<String> consumes = new TreeSet<>();
        operation.path("requestBody").path("content").fieldNames().forEachRemaining(consumes::add);
        return new Operation(query, consumes, !operation.has("security"));
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static SortedMap<String, Operation> coded() {
        SortedMap<String, Operation> operations = new TreeMap<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(AdminApi.class.getPackageName())) {
            Class<?> type = each.reflect();
            Optional.ofNullable(type.getAnnotation(Path.class))
                    .ifPresent(path -> alternatives(path.value())
                            .forEach(base -> addMethods(operations, type, withoutRegex(base))));
        }
        return operations;
    }

    private static void addMethods(SortedMap<String, Operation> operations, Class<?> type, String base) {
        for (Method method : type.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path path = method.getAnnotation(Path.class);
                    String whole = (base + (path == null ? "" : "/" + withoutRegex(path.value()))).replace("//", "/");
                    operations.put(
                            name(http.value(), whole),
                            new Operation(
                                    strings(method.getAnnotation(TakesQuery.class)),
                                    strings(method.getAnnotation(Consumes.class)),
                                    !type.isAnnotationPresent(WithoutToken.class)));
                }
            }
        }
    }

    private static SortedSet<String> strings(@org.jspecify.annotations.Nullable TakesQuery annotation) {
        return annotation == null ? new TreeSet<>() : new TreeSet<>(Arrays.asList(annotation.value()));
    }

    private static SortedSet<String> strings(@org.jspecify.annotations.Nullable Consumes annotation) {
        return annotation == null ? new TreeSet<>() : new TreeSet<>(Arrays.asList(annotation.value()));
    }

    /** {@code {name: [a-z]+}} is {@code {name}}. */
    private static String withoutRegex(String path) {
        return path.replaceAll("\\{(\\w+): [^}]+}", "{$1}");
    }

    /** {@code /api/{kinds: a|b}} is {@code /api/a} and {@code /api/b}. */
    private static List<String> alternatives(String path) {
        Matcher matcher = ALTERNATIVES.matcher(path);
        return matcher.find()
                ? Arrays.stream(matcher.group(1).split("\\|"))
                        .map(word -> path.replace(matcher.group(), word))
                        .toList()
                : List.of(path);
    }

    private static String name(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
