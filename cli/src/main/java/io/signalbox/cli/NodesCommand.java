package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.rest.ApplyDocuments;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the proxies and what each of them has. */
@Command(
        name = "nodes",
        description = {
            "Lists the proxies and the revision each of them has acknowledged, per type of resource.",
            "",
            "\"41<42\" is: 42 was sent, 41 is acknowledged. What a proxy refused is listed below the table in its own words."
        })
final class NodesCommand implements Callable<Integer> {
    private static final List<String> TYPES = List.of("listeners", "routes", "clusters", "endpoints", "secrets");

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--json", description = "Print what the API answers, a line for each node.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<JsonNode> nodes = api.connect().list("nodes");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            nodes.forEach(out::println);
        } else {
            table(nodes).print(out);
            nodes.forEach(node -> printRefusals(node, out));
        }
        out.flush();
        return 0;
    }

    private static TextTable table(List<JsonNode> nodes) {
        List<String> header = new ArrayList<>(List.of("NODE", "FLEET", "ENVOY", "CONNECTED"));
        TYPES.forEach(type -> header.add(type.toUpperCase(java.util.Locale.ROOT)));
        TextTable table = new TextTable(header);
        for (JsonNode node : nodes) {
            List<String> row = new ArrayList<>(List.of(
                    node.path("id").asText(),
                    node.path("fleet").asText(),
                    node.path("envoyVersion").asText("-"),
                    node.path("connected").asBoolean() ? "yes" : "no"));
            TYPES.forEach(type -> row.add(state(node.path("types").path(type))));
            table.add(row);
        }
        return table;
    }

    private static String state(JsonNode type) {
        String sent = type.path("sent").path("revision").asText("-");
        String acknowledged = type.path("acknowledged").path("revision").asText("-");
        String state = sent.equals(acknowledged) ? sent : acknowledged + "<" + sent;
        return type.hasNonNull("refused") ? state + " refused" : state;
    }

    private static void printRefusals(JsonNode node, PrintWriter out) {
        for (String type : TYPES) {
            JsonNode refused = node.path("types").path(type).path("refused");
            if (refused.isObject()) {
                out.printf(
                        "%n%s refused %s of revision %s:%n  %s%n",
                        node.path("id").asText(),
                        type,
                        refused.path("revision").asText(),
                        refused.path("message").asText().strip().replace("\n", "\n  "));
            }
        }
        for (JsonNode withheld : node.path("withheld")) {
            out.printf("%n%s: %s%n", node.path("id").asText(), ApplyDocuments.withheld(withheld));
        }
    }
}
