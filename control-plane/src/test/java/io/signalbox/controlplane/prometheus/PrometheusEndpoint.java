package io.signalbox.controlplane.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** What speaks the query API of Prometheus on loopback, and answers what tests want. Any thread. */
public final class PrometheusEndpoint implements AutoCloseable {
    private static final String SAMPLE = """
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1767225600.5,"%s"]}]}}
            """;

    private final HttpServer server;
    private final String origin;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<String, Answer> answers = query -> sample("0");

    private PrometheusEndpoint(HttpServer server, String origin) {
        this.server = server;
        this.origin = origin;
    }

    /** A request that came. */
    public record Asked(String method, String path, Map<String, String> form, Optional<String> authorization) {
        public String query() {
            return String.valueOf(form.get("query"));
        }
    }

    /**
     * @param isWhole whether it ends; else nothing follows its body until the endpoint is closed
     * @param location where to find the answer instead; empty for none
     */
    public record Answer(int status, String body, boolean isWhole, String location) {}

    public static PrometheusEndpoint start() throws IOException {
        return start(HttpServer.create(anyPort(), 0), "http://127.0.0.1:");
    }

    /** By TLS, under the name localhost. */
    static PrometheusEndpoint start(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return start(server, "https://localhost:");
    }

    private static PrometheusEndpoint start(HttpServer server, String origin) {
        PrometheusEndpoint endpoint =
                new PrometheusEndpoint(server, origin + server.getAddress().getPort());
        server.createContext("/", endpoint::take);
        server.setExecutor(endpoint.threads);
        server.start();
        return endpoint;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A vector of one sample. */
    public static Answer sample(String value) {
        return answer(200, SAMPLE.formatted(value));
    }

    public static Answer answer(int status, String body) {
        return new Answer(status, body, true, "");
    }

    /** Of a body that begins and does not end. */
    public static Answer endless() {
        return new Answer(200, "{\"status\":", false, "");
    }

    public static Answer elsewhere(String location) {
        return new Answer(307, "", true, location);
    }

    /** @param next from queries; called by any thread */
    public void answers(Function<String, Answer> next) {
        answers = next;
    }

    public URI url() {
        return URI.create(origin + "/prometheus");
    }

    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked question = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    form(body),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
            synchronized (this) {
                asked.add(question);
            }
            send(exchange, answers.apply(question.query()));
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (!answer.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer.status(), answer.isWhole() ? body.length == 0 ? -1 : body.length : 0);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (!answer.isWhole()) {
            awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String field : body.split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
