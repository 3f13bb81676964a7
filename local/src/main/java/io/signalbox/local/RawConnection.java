package io.signalbox.local;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link RawHttpClient}. For one thread. */
public final class RawConnection implements ClientConnection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean open = true;

    RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Sends a request and returns its response. */
    public RawResponse send(RawRequest request) throws IOException {
        write(request.toBytes());
        return read(request.method());
    }

    /** Sends bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /**
     * Reads the next response.
     *
     * @param method of its request, which decides whether there is a body
     */
    public RawResponse read(String method) throws IOException {
        RawResponse response = new ResponseParser(in).parse(method);
        open = response.keepsConnection();
        return response;
    }

    /**
     * Sends bytes through what has become a tunnel, and returns what came back.
     *
     * @param length of what is to come back
     * @throws EOFException with what came, if fewer did
     */
    public byte[] talk(byte[] bytes, int length) throws IOException {
        write(bytes);
        byte[] back = in.readNBytes(length);
        if (back.length < length) {
            throw new EOFException("the tunnel ended after " + back.length + " of " + length + " bytes");
        }
        return back;
    }

    /**
     * Sends bytes, and returns all that comes until the server ends its side. Leaves a connection that is no good for more.
     *
     * @param ends whether this side is ended then, and not only when the server's is
     * @param afterwards goes out when the server has ended its side
     */
    public byte[] exchange(byte[] bytes, boolean ends, byte[] afterwards) throws IOException {
        open = false;
        write(bytes);
        if (ends) {
            socket.shutdownOutput();
        }
        byte[] back = in.readAllBytes();
        if (afterwards.length > 0) {
            write(afterwards);
            socket.shutdownOutput();
        }
        return back;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /**
     * Ends this side, and says whether the server ends its own without another byte. Without the first a server may well
     * wait: Envoy does for a second after an answer that closes. For plain TCP.
     */
    public boolean endsCleanly() throws IOException {
        socket.shutdownOutput();
        return in.read() < 0;
    }

    @Override
    public Optional<X509Certificate> serverCertificate() {
        try {
            return socket instanceof SSLSocket tls
                    ? Optional.of((X509Certificate) tls.getSession().getPeerCertificates()[0])
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<ClientTls.Session> tlsSession() {
        return socket instanceof SSLSocket tls
                ? Optional.of(new ClientTls.Session(
                        tls.getSession().getProtocol(),
                        tls.getSession().getCipherSuite(),
                        Optional.of(tls.getApplicationProtocol()).filter(name -> !name.isEmpty())))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
