package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.rest.RestApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who may use the API. */
@Command(
        name = "token",
        description = {
            "Makes, lists and revokes API tokens; for admins.",
            "",
            "See docs/access.md for roles and scopes."
        })
final class TokenCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a token and prints its secret, which nobody can see again.")
    int create(
            @Mixin ApiOptions api,
            @Parameters(paramLabel = "NAME", description = "The author that the history will show.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "viewer, operator, editor or admin.")
                    String role,
            @Option(names = "--labels", paramLabel = "SELECTOR", description = "May write only what is labelled so.")
                    Optional<String> labels,
            @Option(names = "--hosts", paramLabel = "DOMAIN", description = "May write only routes of hosts under it.")
                    Optional<String> hosts,
            @Option(names = "--expires", paramLabel = "TIME", description = "Such as 2027-01-31T12:00:00Z.")
                    Optional<String> expires)
            throws IOException, InterruptedException {
        ObjectNode body = RestApi.JSON.createObjectNode();
        ObjectNode wanted = body.putObject("spec").put("role", role);
        if (labels.isPresent() || hosts.isPresent()) {
            ObjectNode scope = wanted.putObject("scope");
            labels.ifPresent(selector -> scope.put("labelSelector", selector));
            hosts.ifPresent(suffix -> scope.put("hostSuffix", suffix));
        }
        expires.ifPresent(time -> wanted.put("expiresAt", time));
        RestApi.Answer answer =
                api.connect().write("PUT", "tokens/" + name, Map.of("If-None-Match", "*"), Optional.of(body));
        print(answer.body().path("secret").asText());
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the tokens, without their secrets.")
    int list(@Mixin ApiOptions api) throws IOException, InterruptedException {
        TextTable table = new TextTable(List.of("NAME", "ROLE", "LABELS", "HOSTS", "EXPIRES", "MADE BY"));
        for (JsonNode token : api.connect().list("tokens")) {
            JsonNode said = token.path("spec");
            table.add(List.of(
                    token.path("name").asText(),
                    said.path("role").asText(),
                    said.at("/scope/labelSelector").asText("-"),
                    said.at("/scope/hostSuffix").asText("-"),
                    said.path("expiresAt").asText("never")
                            + (token.at("/status/expired").asBoolean() ? " (over)" : ""),
                    token.path("createdBy").asText()));
        }
        table.print(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Makes a token worthless from now on.")
    int revoke(@Mixin ApiOptions api, @Parameters(paramLabel = "NAME") String name)
            throws IOException, InterruptedException {
        api.connect().write("DELETE", "tokens/" + name, Map.of("If-Match", "*"), Optional.empty());
        return 0;
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
