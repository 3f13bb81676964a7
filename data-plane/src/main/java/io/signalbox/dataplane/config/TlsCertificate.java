package io.signalbox.dataplane.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate chain, leaf first, and its key. The key never shows in {@link #toString()}.
 */
public record TlsCertificate(List<X509Certificate> chain, PrivateKey privateKey) {
    public TlsCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least its leaf");
        }
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    @Override
    public String toString() {
        return "TlsCertificate[" + leaf().getSubjectX500Principal() + "]";
    }
}
