package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.cli.rest.RestApi;
import io.signalbox.controlplane.model.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what the control plane holds in the file form. */
@Command(
        name = "export",
        description = {
            "Prints what the control plane holds, in the form that apply reads.",
            "",
            "Private keys never leave the control plane: add them to exported certificates before you apply those elsewhere."
        })
final class ExportCommand implements Callable<Integer> {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build();

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only this kind: certificate, pool, listener, virtual-host, route, route-test.")
    private Optional<String> onlyKind = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Kind> only = onlyKind.map(this::parseKind);
        RestApi connection = api.connect();
        PrintWriter out = spec.commandLine().getOut();
        String separator = "";
        for (Kind kind : Kind.values()) {
            if (only.isPresent() && only.get() != kind) {
                continue;
            }
            for (JsonNode item : connection.list(kind.plural())) {
                out.print(separator + YAML.writeValueAsString(document(kind, item)));
                separator = "---" + System.lineSeparator();
            }
        }
        out.flush();
        return 0;
    }

    private Kind parseKind(String word) {
        return Kind.findBySingular(word)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "kind " + word
                                + " (expected: certificate, pool, listener, virtual-host, route or route-test)"));
    }

    private static ObjectNode document(Kind kind, JsonNode item) {
        ObjectNode document = RestApi.JSON.createObjectNode();
        document.put("kind", kind.singular());
        document.set("name", item.path("name"));
        if (!item.path("labels").isEmpty()) {
            document.set("labels", item.path("labels"));
        }
        document.set("spec", item.path("spec"));
        return document;
    }
}
