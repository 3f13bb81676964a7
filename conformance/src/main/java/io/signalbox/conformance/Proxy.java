package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.local.ClientConnection;
import io.signalbox.local.ClientTls;
import io.signalbox.local.Http2Connection;
import io.signalbox.local.Http3Connection;
import io.signalbox.local.RawConnection;
import io.signalbox.local.RawHttpClient;
import io.signalbox.local.RawRequest;
import io.signalbox.local.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A running proxy as clients see it. Keeps connections open between requests. For one thread. */
final class Proxy implements AutoCloseable {
    private final String name;
    private final Release release;
    private final InetSocketAddress http;
    private final Optional<Own> own;
    private final boolean measure;
    private final AutoCloseable process;
    private final Map<Door, ClientConnection> connections = new HashMap<>();

    /**
     * @param release the Envoy that it is or behaves as
     * @param measure whether it is an Envoy, on listeners of this runner, of the release whose decisions explain tells
     */
    Proxy(
            String name,
            Release release,
            InetSocketAddress http,
            Optional<Own> own,
            boolean measure,
            AutoCloseable process) {
        this.name = name;
        this.release = release;
        this.http = http;
        this.own = own;
        this.measure = measure;
        this.process = process;
    }

    /**
     * What a proxy has that this runner started.
     *
     * @param https its listener for HTTPS
     * @param offset how far its listeners are from the ports that the control plane knows
     * @param output its standard output
     * @param speaksHttp3 whether it serves listeners of HTTP/3
     */
    record Own(InetSocketAddress https, int offset, LogTail output, boolean speaksHttp3) {}

    /**
     * What came back, and over TLS what the handshake came to.
     *
     * @param response empty when the connection ended, or never came about
     * @param bytes what came back where there are no requests
     * @param fault why there is none
     */
    record Answer(
            Optional<RawResponse> response,
            Optional<X509Certificate> certificate,
            Optional<ClientTls.Session> session,
            Optional<String> tunnel,
            Optional<String> bytes,
            String fault) {
        static Answer none(IOException fault) {
            return new Answer(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    fault.toString());
        }
    }

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

    /** Whether a listener that a case asks for is one that this runner knows where to find. */
    boolean has(Door door) {
        return own.map(known -> known.speaksHttp3() || !door.http3()).orElse(door.equals(Door.PLAIN));
    }

    Optional<LogTail> output() {
        return own.map(Own::output);
    }

    int offset() {
        return own.map(Own::offset).orElse(0);
    }

    /**
     * @throws SocketTimeoutException when neither an answer nor an end of the connection comes
     */
    Answer send(Request request, CaseSetting setting) throws IOException {
        Door door = request.door();
        try {
            if (request.bytes().isPresent()) {
                return exchange(request.bytes().get(), client(door, setting));
            }
            ClientConnection connection = connection(door, setting);
            RawResponse response;
            Optional<String> tunnel = Optional.empty();
            if (connection instanceof Http2Connection http2) {
                response = http2.send(Http2Requests.of(request));
            } else if (connection instanceof Http3Connection http3) {
                response = http3.send(Http2Requests.of(request));
            } else {
                RawConnection http1 = (RawConnection) connection;
                http1.write(RequestBytes.of(request));
                response = http1.read(request.method());
                tunnel = tunnel(request, response, http1);
            }
            Answer answer = new Answer(
                    Optional.of(response),
                    connection.serverCertificate(),
                    connection.tlsSession(),
                    tunnel,
                    Optional.empty(),
                    "");
            if (!connection.isOpen() || request.raw().isPresent() || tunnel.isPresent()) {
                drop(door);
            }
            return answer;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            drop(door);
            return Answer.none(e);
        }
    }

    /** Nothing at all is no answer. */
    private static Answer exchange(Bytes bytes, RawHttpClient client) throws IOException {
        try (RawConnection connection = client.connect()) {
            byte[] back = connection.exchange(
                    bytes.text().getBytes(StandardCharsets.UTF_8),
                    bytes.ends(),
                    bytes.afterwards().getBytes(StandardCharsets.UTF_8));
            if (back.length == 0) {
                throw new EOFException("the connection ended without a byte");
            }
            return new Answer(
                    Optional.empty(),
                    connection.serverCertificate(),
                    connection.tlsSession(),
                    Optional.empty(),
                    Optional.of(new String(back, StandardCharsets.UTF_8)),
                    "");
        }
    }

    private static Optional<String> tunnel(Request request, RawResponse response, RawConnection connection)
            throws IOException {
        boolean open = response.status() == 101 || response.status() == 200;
        if (request.tunnel().isEmpty() || !open) {
            return Optional.empty();
        }
        byte[] sent = request.tunnel().get().getBytes(StandardCharsets.UTF_8);
        int expected = request.expect()
                .tunnel()
                .map(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .orElse(sent.length);
        byte[] back = connection.talk(sent, expected);
        return Optional.of(new String(back, StandardCharsets.UTF_8));
    }

    RawResponse get(String host, String path) throws IOException {
        RawConnection connection = (RawConnection) connections.get(Door.PLAIN);
        if (connection == null) {
            connection = RawHttpClient.plain(http).connect();
            connections.put(Door.PLAIN, connection);
        }
        RawResponse response = connection.send(RawRequest.get(host, path));
        if (!connection.isOpen()) {
            drop(Door.PLAIN);
        }
        return response;
    }

    /** Whether it takes connections at a port that the control plane knows. */
    boolean listensAt(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Connections after an error are in an unknown state, and those to a listener of a case end with it. */
    void reconnect() {
        connections.values().forEach(Proxy::closeQuietly);
        connections.clear();
    }

    private ClientConnection connection(Door door, CaseSetting setting) throws IOException {
        ClientConnection open = connections.get(door);
        if (open == null) {
            RawHttpClient client = client(door, setting);
            open = door.http3() ? client.connectHttp3() : door.http2() ? client.connectHttp2() : client.connect();
            connections.put(door, open);
        }
        return open;
    }

    private RawHttpClient client(Door door, CaseSetting setting) throws UnknownHostException {
        InetSocketAddress address = door.listener()
                .flatMap(setting::port)
                .map(this::address)
                .orElseGet(() -> door.tls().isPresent() ? own.orElseThrow().https() : http);
        RawHttpClient client = door.tls()
                .map(tls -> RawHttpClient.tls(address, clientTls(tls, setting)))
                .orElseGet(() -> RawHttpClient.plain(address));
        if (door.from().isPresent()) {
            client = client.from(InetAddress.getByName(door.from().get()));
        }
        return client.withPreamble(door.preamble().orElse("").getBytes(StandardCharsets.ISO_8859_1));
    }

    private InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port + offset());
    }

    private ClientTls clientTls(Door.Tls tls, CaseSetting setting) {
        return new ClientTls(
                tls.serverName(),
                false,
                setting.authorities().roots(),
                tls.certificate().map(setting::certificate),
                tls.versions(),
                tls.ciphers(),
                tls.alpn());
    }

    /** Ends the connection, if there is one; the next request makes a new one. */
    void drop(Door door) {
        ClientConnection connection = connections.remove(door);
        if (connection != null) {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(ClientConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is not used any more, which is all that was wanted.
        }
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
