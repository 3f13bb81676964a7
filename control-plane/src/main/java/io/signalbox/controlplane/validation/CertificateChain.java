package io.signalbox.controlplane.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * A certificate chain out of PEM (RFC 7468); text around the blocks is no part of it.
 *
 * @param certificates the leaf first; at least one
 */
public record CertificateChain(List<X509Certificate> certificates) {
    private static final int DNS_NAME = 2; // RFC 5280, GeneralName

    public CertificateChain {
        certificates = List.copyOf(certificates);
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** The DNS names of the leaf, in lower case; its common name only when it has none. */
    public List<String> dnsNames() throws CertificateException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = leaf().getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.stream()
                    .filter(name -> name.get(0).equals(DNS_NAME))
                    .forEach(name -> names.add(name.get(1).toString().toLowerCase(Locale.ROOT)));
        }
        if (names.isEmpty()) {
            try {
                for (Rdn rdn : new LdapName(leaf().getSubjectX500Principal().getName()).getRdns()) {
                    if (rdn.getType().equalsIgnoreCase("CN")) {
                        names.add(rdn.getValue().toString().toLowerCase(Locale.ROOT));
                    }
                }
            } catch (InvalidNameException e) {
                throw new CertificateException("a subject that cannot be read", e);
            }
        }
        return names;
    }

    /** @throws CertificateException when it is not a chain; the message says why and holds no secret */
    public static CertificateChain parse(String pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemObject block : blocks(pem)) {
            if (!block.getType().equals("CERTIFICATE")) {
                // Whatever stands in the chain is shown to every reader, so above all no private key may stand there.
                throw new CertificateException("a block of another type than CERTIFICATE");
            }
            certificates.add(certificate(factory, block.getContent()));
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no CERTIFICATE block");
        }
        return new CertificateChain(certificates);
    }

    private static X509Certificate certificate(CertificateFactory factory, byte[] content) throws CertificateException {
        try {
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException e) {
            throw new CertificateException(
                    "a CERTIFICATE block that is no certificate", e); // the JDK's words are its own
        }
    }

    private static List<PemObject> blocks(String pem) throws CertificateException {
        List<PemObject> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject block = reader.readPemObject();
            while (block != null) {
                blocks.add(block);
                block = reader.readPemObject();
            }
        } catch (IOException | RuntimeException e) { // base64 that is none comes as a DecoderException
            throw new CertificateException("text that is not PEM", e);
        }
        return blocks;
    }
}
