package io.signalbox.dataplane.tls;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The alternative names of a certificate's subject (RFC 5280, GeneralName), as they stand there: the JDK gives none when one of
 * them is no URI by its own measure.
 */
final class AlternativeNames {
    private AlternativeNames() {}

    static List<String> dns(X509Certificate certificate) {
        return of(certificate, GeneralName.dNSName);
    }

    static List<String> uris(X509Certificate certificate) {
        return of(certificate, GeneralName.uniformResourceIdentifier);
    }

    /** None when they cannot be read. */
    private static List<String> of(X509Certificate certificate, int type) {
        try {
            GeneralNames all = GeneralNames.fromExtensions(
                    new X509CertificateHolder(certificate.getEncoded()).getExtensions(),
                    Extension.subjectAlternativeName);
            return all == null
                    ? List.of()
                    : Stream.of(all.getNames())
                            .filter(name -> name.getTagNo() == type)
                            .map(name ->
                                    ASN1IA5String.getInstance(name.getName()).getString())
                            .toList();
        } catch (IOException | CertificateEncodingException | IllegalArgumentException e) {
            return List.of();
        }
    }
}
