package io.signalbox.conformance.fuzz;

import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one proxy, byte for byte, on a connection that is kept as long as the proxy keeps it. A request whose
 * route is known follows each, which shows whether it was, and that nothing of the request before is left on it. For one
 * thread.
 */
final class Wire implements AutoCloseable {
    static final String MARKER_HOST = "marker.invalid";

    /** Longer than either plane takes for anything, and than Envoy keeps a refused connection (1 s). */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final RawHttpClient client;
    private @Nullable RawConnection connection;

    Wire(String name, InetSocketAddress proxy) {
        this.name = name;
        this.client = RawHttpClient.plain(proxy).withTimeout(PATIENCE);
    }

    String name() {
        return name;
    }

    Seen send(WireRequest request) {
        try {
            RawConnection open = open();
            open.write(request.bytes());
            RawResponse response = open.read(request.method());
            return Seen.of(response, afterwards(open));
        } catch (IOException e) {
            close();
            return Seen.nothing(describe(e));
        }
    }

    /** The answer alone; empty when there is none. */
    Optional<RawResponse> ask(WireRequest request) {
        try {
            RawConnection open = open();
            open.write(request.bytes());
            RawResponse response = open.read(request.method());
            if (!open.isOpen()) {
                close();
            }
            return Optional.of(response);
        } catch (IOException e) {
            close();
            return Optional.empty();
        }
    }

    private String afterwards(RawConnection open) {
        try {
            if (!open.isOpen()) {
                boolean ends = open.endsCleanly();
                close();
                return ends ? "closed" : "said to be closed, more bytes follow";
            }
            RawResponse marker = open.send(RawRequest.get(MARKER_HOST, "/"));
            boolean inStep = marker.status() == 200 && marker.text().startsWith(Stage.MARKER_TEXT);
            if (!inStep || !open.isOpen()) {
                close();
            }
            return inStep ? "kept" : "kept, and out of step: " + marker.status() + " " + marker.text();
        } catch (IOException e) {
            close();
            return describe(e);
        }
    }

    private static String describe(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "silence";
        }
        if (e instanceof ProtocolException) {
            return "nonsense: " + e.getMessage();
        }
        // A reset and an orderly end are one: which one a client sees depends on what it had sent by then.
        return e instanceof EOFException || e instanceof SocketException ? "closed" : e.toString();
    }

    /** What the marker route answers; empty when it does not. */
    Optional<String> marker() {
        try {
            RawConnection open = open();
            RawResponse response = open.send(RawRequest.get(MARKER_HOST, "/"));
            if (!open.isOpen()) {
                close();
            }
            return Optional.of(response.text());
        } catch (IOException e) {
            close();
            return Optional.empty();
        }
    }

    private RawConnection open() throws IOException {
        RawConnection current = connection;
        if (current == null) {
            current = client.connect();
            connection = current;
        }
        return current;
    }

    @Override
    public void close() {
        RawConnection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It is not used any more, which is all that was wanted.
            }
        }
    }
}
