package io.signalbox.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.envoy.EnvoyBinary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A running Envoy with its own temporary directory. It is stopped by {@link #close()} or by the end of this JVM. Any
 * thread may call.
 */
public final class EnvoyProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final WorkDirectory directory;
    private final ChildProcess process;
    private final InetSocketAddress admin;

    private EnvoyProcess(WorkDirectory directory, ChildProcess process, InetSocketAddress admin) {
        this.directory = directory;
        this.process = process;
        this.admin = admin;
    }

    /**
     * @param concurrency worker threads
     * @param logLevel {@code warn}, {@code debug} …
     * @param arguments further ones of Envoy's command line
     */
    public record Options(int concurrency, String logLevel, List<String> arguments) {
        public static final Options DEFAULT = new Options(1, "warn", List.of());

        public Options {
            arguments = List.copyOf(arguments);
        }
    }

    public static EnvoyProcess start(EnvoyBinary binary, String bootstrapYaml) {
        return start(binary, bootstrapYaml, Options.DEFAULT);
    }

    /**
     * Starts an Envoy; when this returns its admin interface answers, which says nothing about its listeners.
     *
     * @param bootstrapYaml must have an admin address, port 0 allowed
     * @throws LocalProcessException if it refuses its bootstrap or does not come up within 30 s
     */
    public static EnvoyProcess start(EnvoyBinary binary, String bootstrapYaml, Options options) {
        try {
            // A failed start leaves its files until the JVM ends, for the curious.
            WorkDirectory directory = WorkDirectory.create("envoy");
            Path path = directory.path();
            Path bootstrap = Files.writeString(path.resolve("bootstrap.yaml"), bootstrapYaml);
            Path adminFile = path.resolve("admin");
            // Two Envoys of one base id cannot run on one machine; without hot restart there is no base id.
            List<String> command = new ArrayList<>(List.of(binary.path().toString(), "--disable-hot-restart"));
            command.addAll(List.of("-c", bootstrap.toString(), "--admin-address-path", adminFile.toString()));
            command.addAll(List.of("--concurrency", "" + options.concurrency(), "-l", options.logLevel()));
            command.addAll(options.arguments());
            Path log = path.resolve("envoy.log");
            ChildProcess process =
                    ChildProcess.start("Envoy " + binary.version(), command, Map.of(), output(path), log);
            return new EnvoyProcess(directory, process, awaitAdmin(process, adminFile));
        } catch (IOException e) {
            throw new LocalProcessException("Envoy cannot be started", e);
        }
    }

    private static InetSocketAddress awaitAdmin(ChildProcess process, Path adminFile) {
        Optional<InetSocketAddress> admin = Waiting.until(START, () -> {
            process.checkAlive();
            return Files.exists(adminFile) ? parseAddress(Files.readString(adminFile)) : Optional.empty();
        });
        if (admin.isEmpty()) {
            process.kill9();
            throw process.failure("had no admin interface after " + START);
        }
        return admin.get();
    }

    private static Optional<InetSocketAddress> parseAddress(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(
                        text.substring(0, colon),
                        Integer.parseInt(text.substring(colon + 1).strip())));
    }

    public InetSocketAddress admin() {
        return admin;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its standard output goes: access logs, if it has any. */
    public Path output() {
        return output(directory.path());
    }

    private static Path output(Path directory) {
        return directory.resolve("envoy.out");
    }

    /** The end of its log. */
    public String logTail() {
        return process.logTail();
    }

    /**
     * Waits until {@code /ready} says LIVE: the first configuration is complete, or was given up on after 15 s a type.
     *
     * @throws LocalProcessException with the log, after the timeout or when Envoy ended
     */
    public void awaitReady(Duration timeout) {
        boolean ready = Waiting.until(timeout, () -> {
                    process.checkAlive();
                    return Optional.of(get("/ready")).filter(r -> r.statusCode() == 200);
                })
                .isPresent();
        if (!ready) {
            throw process.failure("was not ready after " + timeout);
        }
    }

    /** Listeners by name, with the addresses they are bound to. */
    public Map<String, InetSocketAddress> listeners() {
        Map<String, InetSocketAddress> listeners = new LinkedHashMap<>();
        for (JsonNode listener : getJson("/listeners?format=json").path("listener_statuses")) {
            JsonNode address = listener.path("local_address").path("socket_address");
            listeners.put(
                    listener.path("name").asText(),
                    new InetSocketAddress(
                            address.path("address").asText(),
                            address.path("port_value").asInt()));
        }
        return listeners;
    }

    /**
     * Waits until a listener is there.
     *
     * @throws LocalProcessException with the log, after the timeout or when Envoy ended
     */
    public InetSocketAddress awaitListener(String name, Duration timeout) {
        return Waiting.until(timeout, () -> {
                    process.checkAlive();
                    return Optional.ofNullable(listeners().get(name)).filter(a -> a.getPort() != 0);
                })
                .orElseThrow(() -> process.failure("had no listener " + name + " after " + timeout));
    }

    /** Counters and gauges whose name the expression matches anywhere. */
    public SortedMap<String, Long> stats(String regex) {
        SortedMap<String, Long> stats = new TreeMap<>();
        String query = URLEncoder.encode(regex, StandardCharsets.UTF_8);
        for (JsonNode stat : getJson("/stats?format=json&filter=" + query).path("stats")) {
            if (stat.has("name")) {
                stats.put(stat.path("name").asText(), stat.path("value").asLong());
            }
        }
        return stats;
    }

    /** One counter or gauge; 0 when Envoy does not have it (yet). */
    public long stat(String name) {
        return stats("^" + name.replace(".", "\\.") + "$").getOrDefault(name, 0L);
    }

    public JsonNode configDump() {
        return getJson("/config_dump");
    }

    /** A GET to the admin interface, answered with 200 and JSON. */
    public JsonNode getJson(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new LocalProcessException("Envoy's admin interface: " + path + " is answered " + response.statusCode()
                    + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new LocalProcessException("Envoy's admin interface: " + path + " is no JSON", e);
        }
    }

    /** A GET to the admin interface. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** A POST to the admin interface, for commands like {@code /logging} and {@code /drain_listeners}. */
    public HttpResponse<String> post(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://" + admin.getHostString() + ":" + admin.getPort() + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            process.checkAlive();
            throw new LocalProcessException("Envoy's admin interface does not answer " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalProcessException("interrupted", e);
        }
    }

    /** SIGKILL. */
    public void kill9() {
        process.kill9();
    }

    /** SIGTERM, then SIGKILL after 10 s; the temporary directory goes as well. */
    @Override
    public void close() {
        process.stop(STOP);
        directory.close();
    }
}
