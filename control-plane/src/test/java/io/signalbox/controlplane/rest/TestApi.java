package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.controlplane.app.Address;
import io.signalbox.controlplane.app.ControlPlane;
import io.signalbox.controlplane.app.ControlPlaneConfig;
import io.signalbox.controlplane.app.StartFailed;
import io.signalbox.controlplane.app.Token;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole control plane, seen through its API. */
final class TestApi implements AutoCloseable {
    static final String TOKEN = "test-token";
    static final String AUTHOR = "tester";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ControlPlane controlPlane;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestApi(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    static TestApi start(TestDatabase database, Path directory) throws StartFailed {
        return start(Replica.address(database), directory);
    }

    static TestApi start(DatabaseAddress database, Path directory) throws StartFailed {
        return start(config(database, directory));
    }

    static TestApi start(ControlPlaneConfig config) throws StartFailed {
        return new TestApi(ControlPlane.start(config));
    }

    static ControlPlaneConfig config(DatabaseAddress database, Path directory) {
        return new ControlPlaneConfig(
                database,
                new ControlPlaneConfig.Keyset(directory.resolve("keyset.json"), true),
                new Address("127.0.0.1", 0),
                new Address("127.0.0.1", 0),
                List.of(Token.of(AUTHOR, TOKEN)));
    }

    record Answer(int status, HttpResponse<String> response, JsonNode body) {
        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        String etag() {
            return header("ETag").orElseThrow();
        }

        /** Each as {@code field: found (expected: …)}. */
        List<String> violations() {
            List<String> lines = new ArrayList<>();
            body.path("violations")
                    .forEach(v -> lines.add(
                            v.path("field").asText() + ": " + v.path("message").asText()));
            return lines;
        }

        @Override
        public String toString() {
            return status + " " + response.headers().map() + " " + body;
        }
    }

    int port() {
        return controlPlane.restPort();
    }

    /** With another token than the usual one. */
    Request as(String secret, String method, String path) {
        return new Request(method, path).header("Authorization", "Bearer " + secret);
    }

    /** Makes a token and gives its secret. */
    String token(String name, String spec) {
        Answer answer = request("PUT", "/api/v1/tokens/" + name)
                .header("If-None-Match", "*")
                .json("{\"spec\":" + spec + "}")
                .send();
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
        return answer.body().path("secret").asText();
    }

    /** With the token. */
    Request request(String method, String path) {
        return new Request(method, path).header("Authorization", "Bearer " + TOKEN);
    }

    Request anonymous(String method, String path) {
        return new Request(method, path);
    }

    Answer get(String path) {
        return request("GET", path).send();
    }

    /** Creates, or replaces whatever is there. */
    Answer put(String path, String body) {
        boolean exists = get(path).status() == 200;
        return request("PUT", path)
                .header(exists ? "If-Match" : "If-None-Match", "*")
                .json(body)
                .send();
    }

    Answer patch(String path, String body) {
        return request("PATCH", path)
                .header("If-Match", "*")
                .header("Content-Type", "application/merge-patch+json")
                .body(body)
                .send();
    }

    Answer delete(String path) {
        return request("DELETE", path).header("If-Match", "*").send();
    }

    Answer changeset(String body) {
        return request("POST", "/api/v1/changesets").json(body).send();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() {
        controlPlane.close();
    }

    /** All of the text; of a stream that does not end nothing but that it started. */
    private static BodySubscriber<String> textOrEndlessStream(ResponseInfo response) {
        if (!response.headers().firstValue("Content-Type").orElse("").equals("text/event-stream")) {
            return BodySubscribers.ofString(StandardCharsets.UTF_8);
        }
        return BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> {
            try (stream) {
                return "";
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    final class Request {
        private final String method;
        private final HttpRequest.Builder builder;
        private BodyPublisher body = BodyPublishers.noBody();

        private Request(String method, String path) {
            this.method = method;
            this.builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .timeout(Duration.ofSeconds(60));
        }

        Request header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        Request json(String text) {
            return header("Content-Type", "application/json").body(text);
        }

        Request body(String text) {
            body = BodyPublishers.ofString(text);
            return this;
        }

        Request body(byte[] bytes) {
            body = BodyPublishers.ofByteArray(bytes);
            return this;
        }

        Answer send() {
            try {
                HttpResponse<String> response =
                        http.send(builder.method(method, body).build(), TestApi::textOrEndlessStream);
                String type = response.headers().firstValue("Content-Type").orElse("");
                JsonNode json = type.contains("json") && !response.body().isEmpty()
                        ? TestApi.json(response.body())
                        : MissingNode.getInstance();
                DocumentedAnswers.check(method, response, json);
                return new Answer(response.statusCode(), response, json);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
