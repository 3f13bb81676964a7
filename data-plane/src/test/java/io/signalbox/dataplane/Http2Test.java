package io.signalbox.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only shows with several requests on one HTTP/2 connection, or when one breaks off: as Envoy does it. */
class Http2Test {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @ParameterizedTest
    @EnumSource(Plane.class)
    void requestsOfOneConnectionGoSideBySide(Plane plane) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    String head = peer.readHead();
                    if (head != null && head.startsWith("GET /slow")) {
                        await(go);
                    }
                    peer.write(OK);
                });
                Plane.Running proxy = plane.start(Plane.bootstrap("dns_lookup_family: AUTO", backend.port()));
                Http2Client client = new Http2Client(proxy.address())) {
            Http2Client.Call slow = client.get("/slow");
            assertThat(client.get("/quick").outcome().get(20, TimeUnit.SECONDS)).isEqualTo("200");
            assertThat(slow.outcome()).isNotDone();
            go.countDown();
            assertThat(slow.outcome().get(20, TimeUnit.SECONDS)).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void aRequestThatIsGivenUpIsGivenUpTowardsTheBackend(Plane plane) throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    String head = peer.readHead();
                    if (head != null && head.startsWith("GET /slow")) {
                        asked.complete(head);
                        end.complete(peer.in().read());
                    } else {
                        peer.write(OK);
                    }
                });
                Plane.Running proxy = plane.start(Plane.bootstrap("dns_lookup_family: AUTO", backend.port()));
                Http2Client client = new Http2Client(proxy.address())) {
            Http2Client.Call slow = client.get("/slow");
            asked.get(20, TimeUnit.SECONDS);
            slow.giveUp();
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThat(client.get("/").outcome().get(20, TimeUnit.SECONDS)).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void aBackendThatBreaksOffResetsOneStreamAlone(Plane plane) throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start(peer -> {
                    String head = peer.readHead();
                    peer.write(
                            head != null && head.startsWith("GET /half")
                                    ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
                                    : OK);
                });
                Plane.Running proxy = plane.start(Plane.bootstrap("dns_lookup_family: AUTO", backend.port()));
                Http2Client client = new Http2Client(proxy.address())) {
            assertThat(client.get("/half").outcome().get(20, TimeUnit.SECONDS)).startsWith("reset ");
            assertThat(client.get("/").outcome().get(20, TimeUnit.SECONDS)).isEqualTo("200");
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
