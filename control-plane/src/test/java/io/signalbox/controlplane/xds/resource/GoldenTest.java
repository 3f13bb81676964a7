package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What exactly proxies are told, one feature a file. {@code -Dsignalbox.goldens=write} writes the files anew and deletes
 * those of features that are gone; look at the difference before you commit it.
 */
class GoldenTest {
    private static final boolean WRITE = "write".equals(System.getProperty("signalbox.goldens"));
    private static final Path DIRECTORY = Path.of("src/test/resources/io/signalbox/controlplane/xds/resource/goldens");

    static Set<String> features() {
        return Features.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("features")
    void isAsWritten(String feature) throws IOException {
        String actual = text(new Translator()
                .translate(Objects.requireNonNull(Features.ALL.get(feature)).compiled()));
        Path file = DIRECTORY.resolve(feature + ".json");
        if (WRITE) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, actual);
        }
        assertThat(file).exists();
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    @Test
    void noFileIsLeftOver() throws IOException {
        Set<Path> expected = Features.ALL.keySet().stream()
                .map(feature -> DIRECTORY.resolve(feature + ".json"))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.toList()) {
                if (WRITE && !expected.contains(file)) {
                    Files.delete(file);
                } else {
                    assertThat(expected).contains(file);
                }
            }
        }
    }

    private static String text(XdsResources resources) {
        StringBuilder text = new StringBuilder("{\n");
        for (ResourceType type : ResourceType.values()) {
            String ofType = Objects.requireNonNull(resources.byType().get(type)).values().stream()
                    .map(ProtoJson::print)
                    .collect(Collectors.joining(",\n"));
            text.append('"').append(type.word()).append("\": [").append(ofType).append("],\n");
        }
        return text.append("\"clustersOfRoutes\": ")
                .append(resources.clustersOfRoutes().entrySet().stream()
                        .map(e -> "\"" + e.getKey() + "\": " + quoted(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}")))
                .append("\n}\n")
                .toString();
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(n -> '"' + n + '"').collect(Collectors.joining(", ", "[", "]"));
    }
}
