package io.signalbox.controlplane.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.SSLContext;

/** Who webhooks tell, on loopback. Any thread. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final String origin;
    private final List<Message> messages = new ArrayList<>();
    private final Queue<Integer> statuses = new ArrayDeque<>();

    private Receiver(HttpServer server, String origin) {
        this.server = server;
        this.origin = origin;
    }

    /** A request that came. */
    public record Message(String path, String id, String timestamp, String signature, String body) {
        public JsonNode json() {
            return Canaries.json(body);
        }

        public String type() {
            return json().path("type").asText();
        }

        Instant sent() {
            return Instant.ofEpochSecond(Long.parseLong(timestamp));
        }
    }

    public static Receiver start() throws IOException {
        return start(HttpServer.create(anyPort(), 0), "http://127.0.0.1:");
    }

    /** By TLS, under the name localhost. */
    static Receiver start(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return start(server, "https://localhost:");
    }

    private static Receiver start(HttpServer server, String origin) {
        Receiver receiver = new Receiver(server, origin + server.getAddress().getPort());
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** The next requests are answered so, in turn, and all others 204. */
    synchronized void answer(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
    }

    public URI url() {
        return URI.create(origin + "/alerts");
    }

    public synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            messages.add(new Message(
                    exchange.getRequestURI().toString(),
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    body));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            Integer status = statuses.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.join("|", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
