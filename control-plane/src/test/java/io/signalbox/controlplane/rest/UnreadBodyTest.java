package io.signalbox.controlplane.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.testkit.PostgresExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection whose request was answered by its head alone serves the next request, or the client is told that it ends. */
class UnreadBodyTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int ROUNDS = 50;

    @RegisterExtension
    static final PostgresExtension POSTGRES = Replica.postgres();

    @TempDir
    static Path directory;

    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        api = TestApi.start(POSTGRES.database(), directory);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /api/v1/pools/a", "PUT /api/v1/nowhere", "POST /api/v1/pools/a", "GET /api/v1/pools"})
    void theBodyMayComeAfterTheHead(String start) throws IOException {
        try (Client client = new Client()) {
            for (int i = 0; i < ROUNDS; i++) {
                client.send(
                        start + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n");
                client.send("{\"spec\":{}}");
                List<String> head = client.answer();
                assertThat(head.get(0)).startsWith("HTTP/1.1 4");
                assertThat(head).doesNotContain("connection: close");
            }
        }
    }

    @Test
    void whoSendsNoMoreIsToldThatTheConnectionEnds() throws IOException {
        try (Client client = new Client()) {
            client.send("PUT /api/v1/pools/a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n{");
            client.socket.shutdownOutput();
            assertThat(client.answer()).contains("connection: close");
        }
    }

    @Test
    void whoWaitsToBeAskedForTheBodyIsToldThatTheConnectionEnds() throws IOException {
        try (Client client = new Client()) {
            client.send(
                    "PUT /api/v1/pools/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
            List<String> head = client.answer();
            assertThat(head.get(0)).startsWith("HTTP/1.1 401");
            assertThat(head).contains("connection: close");
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        private final OutputStream out = socket.getOutputStream();
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

        Client() throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Status line and headers, these in lower case; the body is read and left out. */
        List<String> answer() throws IOException {
            List<String> head = new ArrayList<>();
            int length = 0;
            for (String line = in.readLine(); ; line = in.readLine()) {
                if (line == null) {
                    throw new IOException("the connection ended after " + head);
                }
                if (line.isEmpty()) {
                    break;
                }
                head.add(head.isEmpty() ? line : line.toLowerCase(Locale.ROOT));
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            assertThat(in.skip(length)).isEqualTo(length);
            return head;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
