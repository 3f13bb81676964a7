package io.signalbox.controlplane.xds.resource;

import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.ClientCertificates;
import io.signalbox.controlplane.model.ConnectionRules;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.Http3;
import io.signalbox.controlplane.model.HttpsRedirect;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ProxyProtocol;
import io.signalbox.controlplane.model.TlsHandshake;
import io.signalbox.controlplane.model.TlsVersion;
import io.signalbox.controlplane.model.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What listeners say of requests before they are routed. */
final class ListenerFeatures {
    private ListenerFeatures() {}

    /** One that speaks TLS 1.2 alone, and one that speaks TLS 1.3 alone. */
    static ConfigDraft handshakes() {
        TlsHandshake old = new TlsHandshake(
                TlsVersion.TLS_1_2,
                TlsVersion.TLS_1_2,
                List.of("ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"));
        TlsHandshake strict = new TlsHandshake(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3, List.of());
        return new ConfigDraft()
                .certificate("shop", "a chain", "a key")
                .listener("old", https(old))
                .listener("strict", https(strict));
    }

    /** One that demands certificates and tells all of them, and one that asks and tells nothing. */
    static ConfigDraft clientCertificates() {
        ClientCertificates demanded = new ClientCertificates(
                "some authorities",
                true,
                List.of(
                        new ClientCertificates.DnsName("a.test"),
                        new ClientCertificates.ExactUri("spiffe://a/b"),
                        new ClientCertificates.UriPrefix("spiffe://b/")),
                Optional.of(List.of(ClientCertificates.Detail.values())));
        ClientCertificates asked = new ClientCertificates("some authorities", false, List.of(), Optional.empty());
        return new ConfigDraft()
                .certificate("shop", "a chain", "a key")
                .listener("asked", https(clients(asked, List.of())))
                .listener("demanded", https(clients(demanded, List.of(TlsHandshake.HTTP_1))));
    }

    private static TlsHandshake clients(ClientCertificates clients, List<String> alpn) {
        return new TlsHandshake(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3, List.of(), alpn, Optional.of(clients));
    }

    private static ListenerSpec https(TlsHandshake handshake) {
        return new ListenerSpec("127.0.0.1", 0, new ListenerSpec.Https(List.of("shop"), handshake));
    }

    /** Headers that count only from some networks. */
    static ConfigDraft trust() {
        Trust trust = new Trust(1, List.of("10.0.0.0/8", "fd00::/8"), List.of("x-country-code", "x-request-id"));
        return edge(new ListenerEdge(Optional.of(trust), Optional.empty(), Http2.DEFAULT));
    }

    static ConfigDraft trustedHops() {
        Trust trust = new Trust(2, List.of(), List.of());
        return edge(new ListenerEdge(Optional.of(trust), Optional.empty(), Http2.DEFAULT));
    }

    /** To 443 and to another port; the routes of the one whose hops are trusted are still there. */
    static ConfigDraft redirectToHttps() {
        Trust trust = new Trust(1, List.of(), List.of());
        return edge(new ListenerEdge(Optional.empty(), Optional.of(new HttpsRedirect(301, 443)), Http2.DEFAULT))
                .listener(
                        "other",
                        listener(new ListenerEdge(
                                Optional.of(trust), Optional.of(new HttpsRedirect(308, 8443)), Http2.DEFAULT)));
    }

    static ConfigDraft http2() {
        return edge(new ListenerEdge(Optional.empty(), Optional.empty(), new Http2(true, 250)))
                .listener(
                        "other", listener(new ListenerEdge(Optional.empty(), Optional.empty(), new Http2(false, 100))));
    }

    /** With the listener on UDP, and the header by which clients learn of it. */
    static ConfigDraft http3() {
        TlsHandshake offered = new TlsHandshake(
                TlsVersion.TLS_1_2,
                TlsVersion.TLS_1_3,
                List.of(),
                List.of(),
                Optional.of(new Http3(Optional.of(443))),
                Optional.empty());
        return new ConfigDraft().certificate("shop", "a chain", "a key").listener("edge", https(offered));
    }

    /** One that demands the header, and one that takes connections without it as well. */
    static ConfigDraft proxyProtocol() {
        return edge(connections(Optional.of(new ProxyProtocol(false)), Optional.empty()))
                .listener("other", listener(connections(Optional.of(new ProxyProtocol(true)), Optional.empty())));
    }

    /** Ahead of what speaks HTTP. */
    static ConfigDraft connectionLimit() {
        return edge(connections(Optional.empty(), Optional.of(100)));
    }

    /** And one without a limit. */
    static ConfigDraft idleTimeout() {
        return edge(ListenerEdge.DEFAULT.withIdleTimeout(Duration.ofMillis(1500)))
                .listener("other", listener(ListenerEdge.DEFAULT.withIdleTimeout(Duration.ZERO)));
    }

    private static ListenerEdge connections(Optional<ProxyProtocol> proxyProtocol, Optional<Integer> limit) {
        return ListenerEdge.DEFAULT.with(new ConnectionRules(proxyProtocol, limit));
    }

    private static ConfigDraft edge(ListenerEdge edge) {
        return new ConfigDraft()
                .listener("edge", listener(edge))
                .route(RouteDraft.named("all").hosts("a.test"));
    }

    private static ListenerSpec listener(ListenerEdge edge) {
        return new ListenerSpec("127.0.0.1", 0, new ListenerSpec.Http(), edge, HeaderEdits.NONE, Optional.empty());
    }
}
