package io.signalbox.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a request was, and how that is told. Pure but for the TLS session that it looks at. */
final class EchoText {
    private static final JsonFactory JSON = new JsonFactory();

    /** Netty notes in lines of this kind what HTTP/1.1 has no place for. */
    private static final String NETTY_PREFIX = "x-http2-";

    private EchoText() {}

    /** Nobody sent these; HTTP/2 has no transfer codings (RFC 9113, section 8.2.2). */
    private static boolean isNettys(String name) {
        return name.startsWith(NETTY_PREFIX) || name.equals("transfer-encoding");
    }

    static EchoRequest request(String backend, String protocol, HttpRequest asked, long bodyBytes, Channel channel) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : asked.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (protocol.equals("HTTP/1.1") || !isNettys(name)) {
                headers.computeIfAbsent(name, k -> new ArrayList<>()).add(header.getValue());
            }
        }
        Optional<SSLSession> session = session(channel);
        return new EchoRequest(
                backend,
                protocol,
                asked.method().name(),
                asked.uri(),
                headers,
                bodyBytes,
                session.flatMap(EchoText::serverName),
                session.flatMap(EchoText::clientName));
    }

    /** What comes of a connection without requests. */
    static EchoRequest connection(String backend, long bytes, Channel channel) {
        Optional<SSLSession> session = session(channel);
        return new EchoRequest(
                backend,
                "TCP",
                "",
                "",
                Map.of(),
                bytes,
                session.flatMap(EchoText::serverName),
                session.flatMap(EchoText::clientName));
    }

    private static Optional<SSLSession> session(Channel channel) {
        Channel connection =
                channel.parent() != null && channel.parent().pipeline().get(SslHandler.class) != null
                        ? channel.parent()
                        : channel;
        return Optional.ofNullable(connection.pipeline().get(SslHandler.class))
                .map(tls -> tls.engine().getSession());
    }

    private static Optional<String> serverName(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> clientName(SSLSession session) {
        try {
            X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames() == null
                    ? Optional.empty()
                    : shown.getSubjectAlternativeNames().stream()
                            .map(name -> String.valueOf(name.get(1)))
                            .findFirst();
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            // No certificate, or one that names nobody.
            return Optional.empty();
        }
    }

    static ByteBuf body(EchoAnswer answer, EchoRequest asked) {
        if (answer.bodyBytes().isPresent()) {
            byte[] bytes = new byte[answer.bodyBytes().getAsInt()];
            Arrays.fill(bytes, (byte) 'x');
            return Unpooled.wrappedBuffer(bytes);
        }
        return Unpooled.wrappedBuffer(json(asked));
    }

    static byte[] json(EchoRequest asked) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("backend", asked.backend());
            json.writeStringField("protocol", asked.protocol());
            json.writeStringField("method", asked.method());
            json.writeStringField("path", asked.path());
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, List<String>> header : asked.headers().entrySet()) {
                json.writeArrayFieldStart(header.getKey());
                for (String value : header.getValue()) {
                    json.writeString(value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeNumberField("bodyBytes", asked.bodyBytes());
            if (asked.serverName().isPresent()) {
                json.writeStringField("serverName", asked.serverName().get());
            }
            if (asked.clientName().isPresent()) {
                json.writeStringField("clientName", asked.clientName().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
