package io.signalbox.routing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HTTP/1.1 over a Unix socket, one request at a time. */
record EnvoyConnection(SocketChannel channel, InputStream in) implements AutoCloseable {
    static EnvoyConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        return new EnvoyConnection(channel, new BufferedInputStream(Channels.newInputStream(channel)));
    }

    /** Sends all requests, then reads the headers of all answers. */
    List<Map<String, String>> pipeline(List<Request> requests) throws IOException {
        StringBuilder wire = new StringBuilder();
        requests.forEach(request -> wire.append(request.wire()));
        channel.write(ByteBuffer.wrap(wire.toString().getBytes(StandardCharsets.ISO_8859_1)));
        List<Map<String, String>> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            line();
            Map<String, String> headers = headers();
            in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            answers.add(headers);
        }
        return answers;
    }

    /** The head of the answer, line by line, and its body. */
    String[] exchange(Request request) throws IOException {
        channel.write(ByteBuffer.wrap(request.wire().getBytes(StandardCharsets.ISO_8859_1)));
        StringBuilder head = new StringBuilder();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append("\r\n");
            if (line.startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        return new String[] {head.toString(), new String(in.readNBytes(length), StandardCharsets.ISO_8859_1)};
    }

    Answer ask(Request request) throws IOException {
        channel.write(ByteBuffer.wrap(request.wire().getBytes(StandardCharsets.ISO_8859_1)));
        String[] status = line().split(" ", 3);
        Map<String, String> headers = headers();
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (headers.containsKey("transfer-encoding")) {
            throw new IOException("unexpected encoding of the body");
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return Answer.read(Integer.parseInt(status[1]), headers, body);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection closed after: " + line);
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
