package io.signalbox.dataplane;

import io.signalbox.local.RawHttpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A data plane with a bootstrap of its own. Its one listener is called {@code l}. */
final class TestProxy implements AutoCloseable {
    static final Settings SETTINGS = new Settings(
            2,
            () -> ThreadLocalRandom.current().nextLong(),
            Clock.systemUTC(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            0);

    private final DataPlane dataPlane;

    private TestProxy(DataPlane dataPlane) {
        this.dataPlane = dataPlane;
    }

    /** Starts one and waits until it serves. */
    static TestProxy start(String bootstrap) throws Exception {
        DataPlane dataPlane = open(bootstrap, SETTINGS);
        try {
            dataPlane.whenServing().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            dataPlane.close();
            throw e;
        }
        return new TestProxy(dataPlane);
    }

    static DataPlane open(String bootstrap, Settings settings) throws IOException {
        Path file = Files.createTempFile("bootstrap", ".yaml");
        try {
            Files.writeString(file, bootstrap);
            return DataPlane.start(file, settings);
        } finally {
            Files.delete(file);
        }
    }

    DataPlane dataPlane() {
        return dataPlane;
    }

    InetSocketAddress address() {
        return Objects.requireNonNull(dataPlane.listeners().get("l"));
    }

    InetSocketAddress admin() {
        return dataPlane.adminAddress().orElseThrow();
    }

    RawHttpClient client() {
        return RawHttpClient.plain(address());
    }

    /** Sends bytes and returns all that comes until the proxy closes. */
    String exchange(String bytes) throws IOException {
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        dataPlane.close();
    }
}
