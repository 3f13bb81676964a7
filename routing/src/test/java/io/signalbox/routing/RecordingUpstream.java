package io.signalbox.routing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An HTTP/1.1 server on a Unix socket whose answers' bodies are the heads of the requests, byte by byte. */
final class RecordingUpstream implements AutoCloseable {
    private final ServerSocketChannel server;
    private final String headers;

    private RecordingUpstream(ServerSocketChannel server, String headers) {
        this.server = server;
        this.headers = headers;
    }

    /** @param headers lines that each answer has */
    static RecordingUpstream on(Path socket, String headers) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        RecordingUpstream upstream = new RecordingUpstream(server, headers);
        start(upstream::accept);
        return upstream;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "recording upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                start(() -> serve(channel));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String answer =
                        "HTTP/1.1 200 OK\r\n" + headers + "content-length: " + head.length() + "\r\n\r\n" + head;
                channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
            }
        } catch (IOException e) {
            // Envoy ended before we did.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (b == '\n'
                    && head.length() >= 4
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
