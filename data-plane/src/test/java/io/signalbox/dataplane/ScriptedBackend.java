package io.signalbox.dataplane;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that does to the byte what a test says. Each connection has a thread of its own. */
final class ScriptedBackend implements AutoCloseable {
    /** What happens on one connection; the socket closes when it returns. */
    interface Script {
        void serve(Peer peer) throws IOException;
    }

    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ScriptedBackend(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    static ScriptedBackend start(Script script) throws IOException {
        ScriptedBackend backend =
                new ScriptedBackend(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
        Thread acceptor = new Thread(backend::accept, "scripted-backend");
        acceptor.setDaemon(true);
        acceptor.start();
        return backend;
    }

    /** Answers every request with this text, for as long as the connection lasts. */
    static ScriptedBackend answering(String response) throws IOException {
        return start(peer -> {
            while (peer.readHead() != null) {
                peer.write(response);
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many have been accepted so far. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(new Peer(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream()));
        } catch (IOException e) {
            // The proxy went away; what that means is for the test to see.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** The proxy, seen from the backend. */
    record Peer(InputStream in, OutputStream out) {
        /** Request line and headers with their line ends, without the empty line; null at the end of the stream. */
        @SuppressWarnings("NullAway")
        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (true) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                head.write(b);
                String text = head.toString(StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    return text.substring(0, text.length() - 2);
                }
            }
        }

        String read(int bytes) throws IOException {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        boolean isAtEnd() throws IOException {
            return in.read() < 0;
        }
    }
}
