package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the requests of a case file. */
final class RequestParser {
    private static final String DEFAULT_HOST = "shop.example.com";
    private static final Set<String> PROTOCOLS = Set.of("http1", "http2", "http3");
    private static final int MAX_TIMES = 100_000;
    private static final int MAX_BODY_BYTES = 16 << 20;

    private final CaseNames names;
    private final ExpectationParser expectations;

    RequestParser(CaseNames names) {
        this.names = names;
        this.expectations = new ExpectationParser(names);
    }

    Request parse(Node node) {
        int times = node.integer("times", 1);
        if (times < 1 || times > MAX_TIMES) {
            node.fault("times", times + " (expected: 1 to " + MAX_TIMES + ")");
        }
        Optional<String> raw = node.text("raw");
        if (raw.isPresent()) {
            node.refuseBeside("raw", "method", "path", "host", "headers", "cookies", "body", "bodyBytes", "chunked");
        }
        Optional<Bytes> bytes = bytes(node);
        Request request = new Request(
                node.text("name"),
                raw.map(text -> text.split(" ", 2)[0])
                        .orElseGet(() -> node.text("method").orElse("GET")),
                raw.isPresent() ? "(raw)" : bytes.isPresent() ? "(bytes)" : node.required("path"),
                node.text("host").orElse(DEFAULT_HOST),
                node.lists("headers"),
                node.texts("cookies"),
                body(node),
                node.texts("trailers"),
                node.flag("chunked", false),
                raw,
                bytes,
                node.text("tunnel"),
                door(node),
                CaseParser.releases(node),
                times,
                node.flag("explain", true),
                node.flag("http2", true),
                node.flag("awaited", false),
                expectations.parse(node.child("expect")));
        node.refuseOthers();
        return request;
    }

    private static Optional<Bytes> bytes(Node node) {
        Optional<String> bytes = node.text("bytes");
        if (bytes.isPresent()) {
            node.refuseBeside(
                    "bytes", "raw", "method", "path", "host", "headers", "cookies", "body", "bodyBytes", "tunnel");
        }
        return bytes.map(text ->
                new Bytes(text, node.flag("ends", true), node.text("afterwards").orElse("")));
    }

    private static Optional<String> body(Node node) {
        int bytes = node.integer("bodyBytes", 0);
        if (bytes < 0 || bytes > MAX_BODY_BYTES) {
            node.fault("bodyBytes", bytes + " (expected: 0 to " + MAX_BODY_BYTES + ")");
            return Optional.empty();
        }
        if (bytes > 0) {
            node.refuseBeside("bodyBytes", "body");
            return Optional.of("x".repeat(bytes));
        }
        return node.text("body");
    }

    private Door door(Node node) {
        Optional<String> listener = node.text("listener");
        listener.ifPresent(name -> CaseNames.check(node, "listener", name, names.listeners()));
        Optional<String> protocol = node.text("protocol");
        protocol.ifPresent(name -> CaseNames.check(node, "protocol", name, PROTOCOLS));
        boolean http2 = protocol.orElse("").equals("http2");
        if (http2) {
            node.refuseBeside("protocol", "raw", "tunnel", "chunked");
        }
        boolean http3 = protocol.orElse("").equals("http3");
        if (http3) {
            node.refuseBeside("protocol", "raw", "tunnel", "chunked", "preamble");
            if (!node.has("tls")) {
                node.fault("tls", "nothing (expected: a server name, as HTTP/3 has TLS)");
            }
        }
        Optional<Door.Tls> tls = tls(node).map(given -> http2 ? given.forHttp2() : given);
        return new Door(listener, node.text("from"), http2, http3, tls, node.text("preamble"));
    }

    /** A text is short for an object with that {@code serverName}. */
    private Optional<Door.Tls> tls(Node node) {
        if (!node.has("tls")) {
            return Optional.empty();
        }
        if (node.isText("tls")) {
            return node.text("tls").map(Door.Tls::of);
        }
        Node child = node.child("tls");
        Optional<String> certificate = child.text("certificate");
        certificate.ifPresent(name -> CaseNames.check(child, "certificate", name, names.certificates()));
        Door.Tls tls = new Door.Tls(
                child.text("serverName").filter(name -> !name.isEmpty()),
                certificate,
                child.strings("versions"),
                child.strings("ciphers"),
                child.has("alpn") ? child.strings("alpn") : List.of("http/1.1"));
        child.refuseOthers();
        return Optional.of(tls);
    }
}
