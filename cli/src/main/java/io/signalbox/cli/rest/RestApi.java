package io.signalbox.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client of the REST API. Any thread may call. Problems come out as {@link CommandFailure}s with every violation. */
public final class RestApi {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;
    private final String token;

    /** @throws CommandFailure when the server is not an HTTP URL */
    public RestApi(String server, String token) {
        if (!server.matches("https?://[^/].*")) {
            throw new CommandFailure("server " + server + " (expected: a URL like http://127.0.0.1:8080)");
        }
        this.base = server.replaceAll("/+$", "") + "/api/v1/";
        this.token = token;
    }

    /**
     * @param etag as the server sent it, quotes included; empty when it sent none
     * @param body missing when there is none
     */
    public record Answer(int status, Optional<String> etag, JsonNode body) {}

    /** How far a write goes before it is answered. */
    public enum WriteMode {
        /** Everything but storing it. */
        DRY_RUN("?dryRun=true"),
        /** Until it is stored. */
        STORE(""),
        /** Until every connected proxy has acknowledged it, or 10 seconds have passed, or one has refused it. */
        AWAIT_PROXIES("?wait=applied&timeout=10s");

        private final String query;

        WriteMode(String query) {
            this.query = query;
        }
    }

    /** One resource by {@code pools/checkout}; empty when there is none. */
    public Optional<Answer> find(String path) throws IOException, InterruptedException {
        Answer answer = send("GET", path, Optional.empty());
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(orFail(answer, path));
    }

    /** All items of a list, page by page. */
    public List<JsonNode> list(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            String query = next.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            JsonNode page =
                    orFail(send("GET", path + query, Optional.empty()), path).body();
            page.path("items").forEach(items::add);
            next = page.path("nextPageToken").asText();
        } while (!next.isEmpty());
        return items;
    }

    /** Writes a set of changes in one revision. A failed precondition is an answer (412) here, not a failure. */
    public Answer changeset(ObjectNode body, WriteMode mode) throws IOException, InterruptedException {
        Answer answer = send("POST", "changesets" + mode.query, Optional.of(body));
        return answer.status() == 412 ? answer : orFail(answer, "changesets");
    }

    /** Writes one thing; what the headers expect must hold. */
    public Answer write(String method, String path, Map<String, String> headers, Optional<JsonNode> body)
            throws IOException, InterruptedException {
        return orFail(send(method, path, headers, body), path);
    }

    /**
     * Acts on a resource: {@code POST} without a body.
     *
     * @param reason for the history
     */
    public Answer act(String path, Optional<String> reason) throws IOException, InterruptedException {
        Map<String, String> headers =
                reason.map(text -> Map.of("Signalbox-Reason", text)).orElse(Map.of());
        return write("POST", path, headers, Optional.empty());
    }

    private Answer send(String method, String path, Optional<JsonNode> body) throws IOException, InterruptedException {
        return send(method, path, Map.of(), body);
    }

    private Answer send(String method, String path, Map<String, String> headers, Optional<JsonNode> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
            request.method(method, BodyPublishers.ofString(body.get().toString()));
        } else {
            request.method(method, BodyPublishers.noBody());
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (java.net.ConnectException e) {
            throw new CommandFailure("cannot reach the control plane at " + base, e);
        }
        return new Answer(response.statusCode(), response.headers().firstValue("ETag"), parse(response.body()));
    }

    private static JsonNode parse(String body) {
        if (body.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body);
        }
    }

    private static Answer orFail(Answer answer, String path) {
        if (answer.status() / 100 == 2) {
            return answer;
        }
        throw new CommandFailure(path + ": " + describe(answer));
    }

    /** A problem as text: its title, its detail, then each violation on a line of its own. */
    public static String describe(Answer answer) {
        JsonNode problem = answer.body();
        StringBuilder text = new StringBuilder();
        text.append(problem.path("title").asText("HTTP " + answer.status()));
        if (problem.hasNonNull("detail")) {
            text.append(": ").append(problem.get("detail").asText());
        }
        for (JsonNode violation : problem.path("violations")) {
            line(
                    text,
                    violation.path("field").asText() + ": "
                            + violation.path("message").asText());
        }
        for (JsonNode referrer : problem.path("referrers")) {
            JsonNode target = referrer.path("target");
            line(
                    text,
                    title(target) + " is named by " + title(referrer) + " in "
                            + referrer.path("field").asText());
        }
        for (JsonNode failure : problem.path("failures")) {
            line(text, title(failure) + ": " + foundAndExpected(failure));
        }
        for (JsonNode broken : problem.path("brokenRouteTests")) {
            line(text, "route-test " + broken.path("name").asText() + ": " + foundAndExpected(broken));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(System.lineSeparator()).append("  ").append(line);
    }

    private static String foundAndExpected(JsonNode mismatch) {
        return mismatch.path("found").asText() + " (expected: "
                + mismatch.path("expected").asText() + ")";
    }

    private static String title(JsonNode resource) {
        return resource.path("kind").asText() + " " + resource.path("name").asText();
    }
}
