package io.signalbox.controlplane.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A TCP relay in front of Postgres that can lose the answer to a statement, or the statement. */
final class CuttableLink implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** How many more links to break, and at what. */
    private final AtomicInteger toLose = new AtomicInteger();

    private volatile @Nullable Loss loss;
    private volatile String marker = "";

    enum Loss {
        /** The server does not get the bytes. */
        STATEMENT,
        /** The server does what they say; its answer is lost. */
        ANSWER
    }

    CuttableLink(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Breaks the link that next carries bytes with this text, and so on for the next links. */
    void lose(Loss what, String statementWith, int times) {
        marker = statementWith;
        loss = what;
        toLose.set(times);
    }

    int stillToLose() {
        return toLose.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket postgres = new Socket(InetAddress.getLoopbackAddress(), target);
                Relay relay = new Relay(client, postgres);
                threads.execute(relay::up);
                threads.execute(relay::down);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private final class Relay {
        private final Socket client;
        private final Socket postgres;
        private volatile boolean answerIsLost;

        Relay(Socket client, Socket postgres) {
            this.client = client;
            this.postgres = postgres;
        }

        void up() {
            try {
                InputStream in = client.getInputStream();
                OutputStream out = postgres.getOutputStream();
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (isToBreak(buffer, n)) {
                        if (loss == Loss.STATEMENT) {
                            break;
                        }
                        answerIsLost = true;
                    }
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // one end is gone, so is the other
            } finally {
                if (!answerIsLost) { // else the server's answer ends it
                    end();
                }
            }
        }

        private boolean isToBreak(byte[] buffer, int n) {
            String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
            return text.contains(marker) && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }

        void down() {
            try {
                InputStream in = postgres.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0 && !answerIsLost; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // one end is gone, so is the other
            } finally {
                end();
            }
        }

        private void end() {
            try {
                client.close();
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
