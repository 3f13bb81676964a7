package io.signalbox.conformance;

import java.util.List;
import java.util.Optional;

/**
 * How a client comes to a proxy. Requests that come the same way share a connection while it is kept.
 *
 * @param listener of the case; without, one of the runner's two, by whether there is TLS
 * @param from which address of this machine; 127.0.0.1 where it is left out
 * @param http2 whether HTTP/2 is spoken, over TLS by ALPN and else without asking
 * @param http3 whether HTTP/3 is spoken
 * @param preamble what goes out ahead of all else
 */
record Door(
        Optional<String> listener,
        Optional<String> from,
        boolean http2,
        boolean http3,
        Optional<Tls> tls,
        Optional<String> preamble) {
    /** A listener of the runner, in the clear. */
    static final Door PLAIN =
            new Door(Optional.empty(), Optional.empty(), false, false, Optional.empty(), Optional.empty());

    Door overHttp2() {
        return new Door(listener, from, true, false, tls.map(Tls::forHttp2), preamble);
    }

    /**
     * @param serverName SNI; empty for none
     * @param certificate to show, by its name in the case
     * @param versions {@code TLSv1.2} …; empty for those of this Java
     * @param ciphers by their names of Java; empty for those of this Java
     * @param alpn the favourite first
     */
    record Tls(
            Optional<String> serverName,
            Optional<String> certificate,
            List<String> versions,
            List<String> ciphers,
            List<String> alpn) {
        Tls {
            versions = List.copyOf(versions);
            ciphers = List.copyOf(ciphers);
            alpn = List.copyOf(alpn);
        }

        Tls forHttp2() {
            return new Tls(serverName, certificate, versions, ciphers, List.of("h2"));
        }

        static Tls of(String serverName) {
            Optional<String> name = Optional.of(serverName).filter(n -> !n.isEmpty());
            return new Tls(name, Optional.empty(), List.of(), List.of(), List.of("http/1.1"));
        }
    }
}
