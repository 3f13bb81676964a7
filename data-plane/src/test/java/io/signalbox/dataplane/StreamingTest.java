package io.signalbox.dataplane;

import static io.signalbox.dataplane.Bootstraps.cluster;
import static io.signalbox.dataplane.Bootstraps.plain;
import static io.signalbox.dataplane.Bootstraps.toCluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies that do not fit into any buffer, and a side that does not read for a while. */
class StreamingTest {
    private static final long SIZE = 200L * 1024 * 1024;
    /** Socket buffers of four sockets and the proxy's own; far less than the body. */
    private static final long MOST_BUFFERED = 64L * 1024 * 1024;

    private final AtomicLong written = new AtomicLong();

    @Test
    void aSlowClientSlowsTheBackendDown() throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
                    writeBody(peer.out());
                });
                TestProxy proxy = TestProxy.start(plain(toCluster("/", "c"), cluster("c", backend.port())));
                Socket socket =
                        new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));

            assertThat(stalledAt()).isPositive().isLessThan(MOST_BUFFERED);
            InputStream in = socket.getInputStream();
            skipHead(in);
            assertThat(isBody(in)).isTrue();
        }
    }

    @Test
    void aSlowBackendSlowsTheClientDown() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    peer.readHead();
                    awaitQuietly(go);
                    boolean same = isBody(peer.in());
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Same: " + same + "\r\n\r\n");
                });
                TestProxy proxy = TestProxy.start(plain(
                        "- {match: {prefix: /}, route: {cluster: c, timeout: 0s}}\n", cluster("c", backend.port())));
                Socket socket =
                        new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + SIZE + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            CompletableFuture<Void> body = CompletableFuture.runAsync(() -> writeQuietly(out));

            assertThat(stalledAt()).isPositive().isLessThan(MOST_BUFFERED);
            go.countDown();
            body.get(60, TimeUnit.SECONDS);
            assertThat(skipHead(socket.getInputStream())).contains("200 OK").contains("x-same: true");
        }
    }

    /** Waits until no more is taken, and says how much was. */
    private long stalledAt() {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> written.get() > 0 && last.getAndSet(written.get()) == written.get());
        return written.get();
    }

    private void writeBody(OutputStream out) throws IOException {
        byte[] block = new byte[64 * 1024];
        for (long sent = 0; sent < SIZE; sent += block.length) {
            fill(block, sent);
            out.write(block);
            written.addAndGet(block.length);
        }
        out.flush();
    }

    private void writeQuietly(OutputStream out) {
        try {
            writeBody(out);
        } catch (IOException e) {
            written.set(-1);
        }
    }

    private static boolean isBody(InputStream in) throws IOException {
        byte[] expected = new byte[64 * 1024];
        for (long read = 0; read < SIZE; read += expected.length) {
            fill(expected, read);
            if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
                return false;
            }
        }
        return true;
    }

    private static void fill(byte[] block, long at) {
        Arrays.fill(block, (byte) (at / block.length));
    }

    private static String skipHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
