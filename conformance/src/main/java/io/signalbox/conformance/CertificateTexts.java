package io.signalbox.conformance;

import io.signalbox.local.TestCertificates.Issued;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What proxies tell servers of a certificate. */
final class CertificateTexts {
    private CertificateTexts() {}

    /** SHA-256, in hex. */
    static String hash(Issued issued) {
        try {
            byte[] encoded = issued.certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256, and a certificate its encoding", e);
        }
    }

    /** PEM, percent-encoded. */
    static String encoded(Issued issued) {
        return URLEncoder.encode(issued.chain(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
