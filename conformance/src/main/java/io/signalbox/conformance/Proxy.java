package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A running proxy as clients see it. Keeps connections open between requests. For one thread. */
final class Proxy implements AutoCloseable {
    private static final String PLAIN = "(plain)";

    private final String name;
    private final Release release;
    private final InetSocketAddress http;
    private final Optional<Https> https;
    private final boolean measure;
    private final AutoCloseable process;
    private final Map<String, RawConnection> connections = new HashMap<>();

    /**
     * @param release the Envoy that it is or behaves as
     * @param measure whether it is an Envoy, on listeners of this runner, of the release whose decisions explain tells
     */
    Proxy(
            String name,
            Release release,
            InetSocketAddress http,
            Optional<Https> https,
            boolean measure,
            AutoCloseable process) {
        this.name = name;
        this.release = release;
        this.http = http;
        this.https = https;
        this.measure = measure;
        this.process = process;
    }

    /**
     * @param root what to trust
     */
    record Https(InetSocketAddress address, X509Certificate root) {}

    /** What came back, and over TLS which certificate was shown. */
    record Answer(RawResponse response, Optional<X509Certificate> certificate) {}

    String name() {
        return name;
    }

    InetSocketAddress http() {
        return http;
    }

    Release release() {
        return release;
    }

    boolean isMeasure() {
        return measure;
    }

    Answer send(Request request) throws IOException {
        RawConnection connection = connection(request.tls());
        connection.write(bytes(request));
        RawResponse response = connection.read(request.method());
        Optional<X509Certificate> certificate = connection.serverCertificate();
        if (!connection.isOpen() || request.raw().isPresent()) {
            drop(request.tls());
        }
        return new Answer(response, certificate);
    }

    RawResponse get(String host, String path) throws IOException {
        RawConnection connection = connection(Optional.empty());
        RawResponse response = connection.send(RawRequest.get(host, path));
        if (!connection.isOpen()) {
            drop(Optional.empty());
        }
        return response;
    }

    /** Connections after an error are in an unknown state. */
    void reconnect() {
        for (RawConnection connection : connections.values()) {
            closeQuietly(connection);
        }
        connections.clear();
    }

    private RawConnection connection(Optional<String> tls) throws IOException {
        String key = tls.orElse(PLAIN);
        RawConnection open = connections.get(key);
        if (open == null) {
            open = client(tls).connect();
            connections.put(key, open);
        }
        return open;
    }

    private RawHttpClient client(Optional<String> tls) throws IOException {
        if (tls.isEmpty()) {
            return RawHttpClient.plain(http);
        }
        Https listener = https.orElseThrow(() -> new IOException(name + " has no HTTPS listener of this runner"));
        return RawHttpClient.tlsOfAnyName(listener.address(), tls.filter(n -> !n.isEmpty()), listener.root());
    }

    private void drop(Optional<String> tls) {
        RawConnection connection = connections.remove(tls.orElse(PLAIN));
        if (connection != null) {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(RawConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is not used any more, which is all that was wanted.
        }
    }

    /** All that goes out for a request. */
    static byte[] bytes(Request request) {
        if (request.raw().isPresent()) {
            return request.raw().get().getBytes(StandardCharsets.UTF_8);
        }
        RawRequest raw = RawRequest.of(request.method(), request.host(), request.path());
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            for (String value : header.getValue()) {
                raw = raw.with(header.getKey(), value);
            }
        }
        if (!request.cookies().isEmpty()) {
            raw = raw.with(
                    "Cookie",
                    request.cookies().entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return (request.body().isPresent() ? raw.withBody(request.body().get()) : raw).toBytes();
    }

    @Override
    public void close() {
        reconnect();
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException(name + " does not end", e);
        }
    }
}
