package io.signalbox.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Talks to a control plane's REST API. Kinds are plural, as in paths: {@code pools}. Whatever is not answered 2xx becomes
 * an {@link ApiException}. Immutable; any thread may call.
 */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String base;
    private final String token;

    /**
     * @param base {@code http://127.0.0.1:8080}
     */
    public ApiClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * What was answered.
     *
     * @param body a JSON null when there was none
     */
    public record Answer(int status, Optional<String> etag, JsonNode body) {
        /** The revision that a write's answer carries. */
        public long revision() {
            return body.path("revision").asLong();
        }
    }

    /** What a write expects to find. */
    public sealed interface Expect {
        /** {@code If-None-Match: *} */
        record Absent() implements Expect {}

        /** {@code If-Match: *} */
        record Present() implements Expect {}

        /**
         * {@code If-Match: TAG}
         *
         * @param etag as it was answered, with its quotes
         */
        record Tag(String etag) implements Expect {}

        Expect ABSENT = new Absent();
        Expect PRESENT = new Present();
    }

    /**
     * One write of a change set.
     *
     * @param kind singular, as in files: {@code pool}
     * @param spec empty to delete
     */
    public record Change(
            String kind, String name, Expect expect, Optional<JsonNode> spec, Map<String, String> labels) {}

    /** {@code PUT}, of the spec alone. */
    public Answer put(String kind, String name, JsonNode spec, Expect expect) {
        return put(kind, name, spec, expect, "");
    }

    /**
     * @param query {@code wait=applied&timeout=5s}, or nothing
     */
    public Answer put(String kind, String name, JsonNode spec, Expect expect, String query) {
        ObjectNode body = JSON.createObjectNode();
        body.set("spec", spec);
        return checked(
                "PUT", path(kind, name) + (query.isEmpty() ? "" : "?" + query), Optional.of(body), headers(expect));
    }

    /**
     * {@code PATCH}: a JSON merge patch of the spec, whatever it is by now.
     *
     * @param query {@code wait=applied&timeout=5s}, or nothing
     */
    public Answer patch(String kind, String name, JsonNode spec, String query) {
        ObjectNode body = JSON.createObjectNode();
        body.set("spec", spec);
        return checked(
                "PATCH",
                path(kind, name) + (query.isEmpty() ? "" : "?" + query),
                Optional.of(body),
                headers(Expect.PRESENT));
    }

    public Answer get(String kind, String name) {
        return get(path(kind, name));
    }

    /**
     * @param path below the base, with its query: {@code /api/v1/revisions?limit=1}
     */
    public Answer get(String path) {
        return checked("GET", path, Optional.empty(), Map.of());
    }

    /** Empty when there is none of that name. */
    public Optional<Answer> find(String kind, String name) {
        Answer answer = send("GET", path(kind, name), Optional.empty(), Map.of());
        return answer.status() == 404 ? Optional.empty() : Optional.of(check("GET " + path(kind, name), answer));
    }

    public Answer delete(String kind, String name, Expect expect) {
        return checked("DELETE", path(kind, name), Optional.empty(), headers(expect));
    }

    /**
     * Without a body.
     *
     * @param path below the base, with its query: {@code /api/v1/canaries/payment-v2:start}
     */
    public Answer post(String path) {
        return checked("POST", path, Optional.empty(), Map.of());
    }

    /**
     * {@code POST /api/v1/changesets}: all or nothing.
     *
     * @param query {@code wait=applied&timeout=5s}, or nothing
     */
    public Answer changeSet(String reason, List<Change> changes, String query) {
        ObjectNode body = JSON.createObjectNode().put("reason", reason);
        ArrayNode list = body.putArray("changes");
        changes.forEach(change -> list.add(toJson(change)));
        String path = "/api/v1/changesets" + (query.isEmpty() ? "" : "?" + query);
        return checked("POST", path, Optional.of(body), Map.of());
    }

    private static ObjectNode toJson(Change change) {
        ObjectNode json = JSON.createObjectNode().put("kind", change.kind()).put("name", change.name());
        headers(change.expect())
                .forEach((header, value) -> json.put(header.equals("If-Match") ? "ifMatch" : "ifNoneMatch", value));
        change.spec().ifPresentOrElse(spec -> json.set("spec", spec), () -> json.put("delete", true));
        if (!change.labels().isEmpty()) {
            json.set("labels", JSON.valueToTree(change.labels()));
        }
        return json;
    }

    /** The items of {@code GET /api/v1/nodes}. */
    public JsonNode nodes() {
        return get("/api/v1/nodes").body().path("items");
    }

    /**
     * Waits until a node has acknowledged every type it was sent at a revision or a later one.
     *
     * @throws LocalProcessException with the node as it is, after the timeout
     */
    public void awaitAcknowledged(String nodeId, long revision, Duration timeout) {
        boolean done = Waiting.until(timeout, () -> findNode(nodeId).filter(node -> hasAcknowledged(node, revision)))
                .isPresent();
        if (!done) {
            throw new LocalProcessException("node " + nodeId + " has not acknowledged revision " + revision + " after "
                    + timeout + ": " + findNode(nodeId));
        }
    }

    /** Waits until a node is listed as connected. */
    public void awaitConnected(String nodeId, Duration timeout) {
        boolean connected = Waiting.until(
                        timeout,
                        () -> findNode(nodeId).filter(n -> n.path("connected").asBoolean()))
                .isPresent();
        if (!connected) {
            throw new LocalProcessException("node " + nodeId + " is not connected after " + timeout);
        }
    }

    private Optional<JsonNode> findNode(String id) {
        for (JsonNode node : nodes()) {
            if (node.path("id").asText().equals(id)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    private static boolean hasAcknowledged(JsonNode node, long revision) {
        JsonNode types = node.path("types");
        for (JsonNode type : types) {
            if (type.has("sent") && type.path("acknowledged").path("revision").asLong(-1) < revision) {
                return false;
            }
        }
        return node.path("connected").asBoolean() && !types.isEmpty();
    }

    /** Any request, any answer. */
    public Answer send(String method, String path, Optional<JsonNode> body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method,
                body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
                        .orElseGet(HttpRequest.BodyPublishers::noBody));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().firstValue("etag"), parse(response.body()));
        } catch (IOException e) {
            throw new LocalProcessException(method + " " + base + path + " is not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalProcessException("interrupted", e);
        }
    }

    private Answer checked(String method, String path, Optional<JsonNode> body, Map<String, String> headers) {
        return check(method + " " + path, send(method, path, body, headers));
    }

    private static Answer check(String request, Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new ApiException(request, answer.status(), answer.body());
        }
        return answer;
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? NullNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body);
        }
    }

    private static Map<String, String> headers(Expect expect) {
        if (expect instanceof Expect.Tag tag) {
            return Map.of("If-Match", tag.etag());
        }
        return expect instanceof Expect.Present ? Map.of("If-Match", "*") : Map.of("If-None-Match", "*");
    }

    private static String path(String kind, String name) {
        return "/api/v1/" + kind + "/" + name;
    }
}
