package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.model.ClientCertificates;
import io.signalbox.controlplane.model.ClientCertificates.ClientName;
import io.signalbox.controlplane.model.ClientCertificates.Detail;
import io.signalbox.controlplane.model.ClientCertificates.DnsName;
import io.signalbox.controlplane.model.ClientCertificates.ExactUri;
import io.signalbox.controlplane.model.ClientCertificates.UriPrefix;
import io.signalbox.controlplane.model.Http3;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code https} says beside its certificates. What is by default is not written. */
final class HandshakeJson {
    private static final String CIPHERS = "ciphers";
    private static final String ALPN = "alpn";
    private static final String HTTP_3 = "http3";
    private static final String ADVERTISED_PORT = "advertisedPort";
    private static final String CLIENT_CERTIFICATES = "clientCertificates";
    private static final String TRUSTED = "trustedCertificates";
    private static final String NAMES = "names";
    private static final String DETAILS = "details";
    private static final String HEADER = "header";
    private static final String DNS = "dns";
    private static final String URI = "uri";
    private static final String URI_PREFIX = "uriPrefix";

    private HandshakeJson() {}

    static void write(TlsHandshake handshake, ObjectNode json) {
        if (handshake.minimum() != TlsHandshake.DEFAULT.minimum()) {
            json.put("minimumVersion", handshake.minimum().text());
        }
        if (handshake.maximum() != TlsHandshake.DEFAULT.maximum()) {
            json.put("maximumVersion", handshake.maximum().text());
        }
        Fields.writeList(json, CIPHERS, handshake.ciphers(), TextNode::valueOf);
        Fields.writeList(json, ALPN, handshake.alpn(), TextNode::valueOf);
        handshake.http3().ifPresent(http3 -> {
            ObjectNode object = json.putObject(HTTP_3);
            http3.advertisedPort().ifPresent(port -> object.put(ADVERTISED_PORT, port));
        });
        handshake.clientCertificates().ifPresent(clients -> write(clients, json.putObject(CLIENT_CERTIFICATES)));
    }

    private static void write(ClientCertificates clients, ObjectNode json) {
        json.put(TRUSTED, clients.trustedCertificates()).put("required", clients.required());
        Fields.writeList(json, NAMES, clients.names(), HandshakeJson::write);
        clients.header()
                .ifPresent(details -> Fields.writeList(
                        json.putObject(HEADER),
                        DETAILS,
                        details,
                        detail -> TextNode.valueOf(detail.name().toLowerCase(Locale.ROOT))));
    }

    private static JsonNode write(ClientName name) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (name instanceof DnsName dns) {
            return json.put(DNS, dns.name());
        } else if (name instanceof ExactUri uri) {
            return json.put(URI, uri.uri());
        }
        return json.put(URI_PREFIX, ((UriPrefix) name).prefix());
    }

    static TlsHandshake read(JsonNode json) {
        return new TlsHandshake(
                version(json, "minimumVersion", TlsHandshake.DEFAULT.minimum()),
                version(json, "maximumVersion", TlsHandshake.DEFAULT.maximum()),
                Fields.list(json, CIPHERS, Fields::text),
                Fields.list(json, ALPN, Fields::text),
                Fields.optional(json, HTTP_3)
                        .map(http3 -> new Http3(
                                Fields.optional(http3, ADVERTISED_PORT).map(JsonNode::intValue))),
                Fields.optional(json, CLIENT_CERTIFICATES).map(HandshakeJson::clientCertificates));
    }

    private static TlsVersion version(JsonNode json, String field, TlsVersion absent) {
        return Fields.optionalString(json, field).map(TlsVersion::of).orElse(absent);
    }

    private static ClientCertificates clientCertificates(JsonNode json) {
        return new ClientCertificates(
                Fields.string(json, TRUSTED),
                Fields.optional(json, "required").map(JsonNode::booleanValue).orElse(true),
                Fields.list(json, NAMES, HandshakeJson::name),
                Fields.optional(json, HEADER).map(header -> Fields.list(header, DETAILS, HandshakeJson::detail)));
    }

    private static ClientName name(JsonNode json) {
        Map.Entry<String, JsonNode> choice = Fields.choice(json, List.of(DNS, URI, URI_PREFIX));
        return switch (choice.getKey()) {
            case DNS -> new DnsName(Fields.lowerCaseText(choice.getValue()));
            case URI -> new ExactUri(Fields.text(choice.getValue()));
            default -> new UriPrefix(Fields.text(choice.getValue()));
        };
    }

    private static Detail detail(JsonNode json) {
        return Detail.valueOf(Fields.text(json).toUpperCase(Locale.ROOT));
    }
}
