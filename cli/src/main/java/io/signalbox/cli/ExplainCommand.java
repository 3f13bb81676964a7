package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.rest.RestApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why a request goes where it goes. */
@Command(
        name = "explain",
        description = {
            "Says where a request goes and why: which route takes it, and what it lacks for those that go first.",
            "",
            "The request is given by options, or as a curl command behind --:",
            "  signalbox explain --host shop.example.com --path /checkout --cookie canary=true",
            "  signalbox explain -- curl -b canary=true https://shop.example.com/checkout"
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private ApiOptions api = new ApiOptions();

    @ArgGroup(exclusive = false)
    private Request request = new Request();

    static final class Request {
        @Option(names = "--method", paramLabel = "METHOD", description = "GET when left out.")
        private Optional<String> method = Optional.empty();

        @Option(names = "--host", paramLabel = "HOST", description = "As in the Host header; a port may follow.")
        private Optional<String> host = Optional.empty();

        @Option(names = "--path", paramLabel = "PATH", description = "With its query string; / when left out.")
        private Optional<String> path = Optional.empty();

        @Option(names = "--header", paramLabel = "NAME:VALUE", description = "One line of the headers. Repeatable.")
        private List<String> headers = List.of();

        @Option(names = "--cookie", paramLabel = "NAME=VALUE", description = "Repeatable.")
        private List<String> cookies = List.of();
    }

    @Option(
            names = "--listener",
            paramLabel = "NAME",
            description = "Where it arrives; by default at the first that could be meant.")
    private Optional<String> listener = Optional.empty();

    @Option(
            names = "--client",
            paramLabel = "ADDRESS",
            description = "Where it comes from; by default from nobody whom a listener trusts.")
    private Optional<String> client = Optional.empty();

    @Option(names = "--revision", paramLabel = "N", description = "As of this revision; by default as of now.")
    private Optional<Long> revision = Optional.empty();

    @Option(names = "--json", description = "Print what the API answers.")
    private boolean json;

    @Parameters(paramLabel = "CURL", description = "A curl command, as words or as one.")
    private List<String> curl = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode question = curl.isEmpty() ? byOptions() : byCurl();
        listener.ifPresent(name -> question.put("listener", name));
        client.ifPresent(address -> question.put("client", address));
        revision.ifPresent(number -> question.put("revision", number));
        JsonNode explanation = api.connect()
                .write("POST", "explain", Map.of(), Optional.of(question))
                .body();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(explanation);
        } else {
            new ExplanationText(explanation).print(out);
        }
        out.flush();
        return 0;
    }

    private ObjectNode byOptions() {
        ObjectNode question = RestApi.JSON.createObjectNode();
        question.put("host", request.host.orElseThrow(() -> wrong("no request (expected: --host, or -- curl …)")));
        request.method.ifPresent(method -> question.put("method", method));
        request.path.ifPresent(path -> question.put("path", path));
        put(question.putArray("headers"), request.headers, ':', "--header");
        put(question.putArray("cookies"), request.cookies, '=', "--cookie");
        return question;
    }

    private void put(ArrayNode into, List<String> pairs, char separator, String option) {
        for (String pair : pairs) {
            int at = pair.indexOf(separator);
            if (at < 1) {
                throw wrong(option + " " + pair + " (expected: NAME" + separator + "VALUE)");
            }
            into.addObject()
                    .put("name", pair.substring(0, at).strip())
                    .put("value", pair.substring(at + 1).strip());
        }
    }

    private ObjectNode byCurl() {
        boolean both = request.host.isPresent()
                || request.method.isPresent()
                || request.path.isPresent()
                || !request.headers.isEmpty()
                || !request.cookies.isEmpty();
        if (both) {
            throw wrong("options of the request beside a curl command (expected: one of both)");
        }
        // One word is a command line already; of several the shell has taken the quotes.
        String line = curl.size() == 1
                ? curl.get(0)
                : curl.stream().map(ExplainCommand::quoted).collect(Collectors.joining(" "));
        return RestApi.JSON.createObjectNode().put("curl", line);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
