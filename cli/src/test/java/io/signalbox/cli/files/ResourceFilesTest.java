package io.signalbox.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFilesTest {
    private final Path directory;

    ResourceFilesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void readsEveryDocumentOfADirectoryInTheOrderOfFileNames() throws Exception {
        write("b.yaml", "kind: route\nname: r\nspec: {hosts: [a.example]}\n---\nkind: pool\nname: p\nspec: {}\n");
        write("a.yml", "kind: listener\nname: l\nlabels: {team: edge}\nspec: {port: 80}\n---\n");
        write("notes.txt", "not: read");

        List<ResourceDocument> documents = ResourceFiles.load(List.of(directory));

        assertThat(documents).extracting(ResourceDocument::title).containsExactly("listener l", "route r", "pool p");
        assertThat(documents.get(0).labels()).isPresent();
        assertThat(documents.get(1).labels()).isEmpty();
    }

    @Test
    void aCertificateTakesItsPemFromFiles() throws Exception {
        write("shop.crt", "-----BEGIN CERTIFICATE-----");
        Path file =
                write("edge.yaml", "kind: certificate\nname: shop\nspec: {chain: \"@shop.crt\", privateKey: inline}\n");

        ResourceDocument certificate = ResourceFiles.load(List.of(file)).get(0);

        assertThat(certificate.spec().path("chain").asText()).isEqualTo("-----BEGIN CERTIFICATE-----");
        assertThat(certificate.spec().path("privateKey").asText()).isEqualTo("inline");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() throws Exception {
        write("1.yaml", "kind: pol\nname: p\nspec: {}\ncolour: red\n");
        write("2.yaml", "kind: pool\n");
        write("3.yaml", "kind: pool\nname: p\nspec: {}\n---\nkind: pool\nname: p\nspec: {}\n");
        write("4.yaml", "kind: certificate\nname: c\nspec: {chain: \"@gone.crt\"}\n");
        write("5.yaml", "kind: pool\nname: q\nname: q\nspec: {}\n");

        InvalidFilesException invalid =
                catchThrowableOfType(InvalidFilesException.class, () -> ResourceFiles.load(List.of(directory)));

        assertThat(invalid.problems())
                .satisfiesExactly(
                        p -> assertThat(p).isEqualTo("1.yaml, document 1: unknown field colour"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "1.yaml, document 1: kind \"pol\""
                                                + " (expected: certificate, pool, listener, virtual-host, route, route-test, canary, experiment)"),
                        p -> assertThat(p).isEqualTo("2.yaml, document 1: name is missing"),
                        p -> assertThat(p).isEqualTo("2.yaml, document 1: spec is missing (expected: an object)"),
                        p -> assertThat(p).isEqualTo("3.yaml, document 2: pool p is already in 3.yaml, document 1"),
                        p -> assertThat(p).startsWith("4.yaml, document 1: spec.chain: cannot read "),
                        p -> assertThat(p).startsWith("5.yaml, line 3: Duplicate field 'name'"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
