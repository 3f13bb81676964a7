package io.signalbox.local;

import io.signalbox.local.TestCertificates.Issued;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a client of a {@link RawHttpClient} says in a TLS handshake.
 *
 * @param serverName goes out as SNI unless it is empty
 * @param demandsName whether the server's certificate has to have that name
 * @param roots the only authorities to be trusted
 * @param certificate to show when asked for one
 * @param versions {@code TLSv1.2} …; empty for those of this Java
 * @param ciphers by their names of Java; empty for those of this Java
 * @param applicationProtocols ALPN, the favourite first; empty to say nothing
 */
public record ClientTls(
        Optional<String> serverName,
        boolean demandsName,
        List<X509Certificate> roots,
        Optional<Issued> certificate,
        List<String> versions,
        List<String> ciphers,
        List<String> applicationProtocols) {

    public ClientTls {
        roots = List.copyOf(roots);
        versions = List.copyOf(versions);
        ciphers = List.copyOf(ciphers);
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** Without anything special. */
    public static ClientTls of(Optional<String> serverName, boolean demandsName, X509Certificate root) {
        return new ClientTls(
                serverName, demandsName, List.of(root), Optional.empty(), List.of(), List.of(), List.of("http/1.1"));
    }

    /** What came of a handshake. */
    public record Session(String version, String cipher, Optional<String> applicationProtocol) {}
}
