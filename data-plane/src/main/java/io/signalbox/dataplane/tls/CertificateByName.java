package io.signalbox.dataplane.tls;

import io.signalbox.dataplane.config.TlsCertificate;
import java.security.cert.CertificateParsingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Which certificates may serve a name, of which the first one is taken whose key the client knows, ECDSA before RSA. Envoy: "How do I configure SNI": the name itself, then the wildcard one label up,
 * then the first certificate of the config. A certificate's names are its DNS subject alternative names, and its common
 * name only when it has none.
 */
final class CertificateByName {
    private static final int DNS_NAME = 2;

    private final List<TlsCertificate> all;
    private final List<TlsCertificate> byDefault;
    private final Map<String, List<TlsCertificate>> byName = new HashMap<>();

    /** @param certificates at least one, the default first */
    CertificateByName(List<TlsCertificate> certificates) {
        this.all = List.copyOf(certificates);
        this.byDefault = List.of(all.get(0));
        for (TlsCertificate certificate : certificates) {
            for (String name : names(certificate)) {
                byName.computeIfAbsent(name, n -> new ArrayList<>()).add(certificate);
            }
        }
    }

    /** At least one; several only when they differ in their kind of key or have the same names. */
    List<TlsCertificate> find(String serverName) {
        // As it was sent: Envoy compares bytes, so a name in capitals is no certificate's.
        List<TlsCertificate> exact = byName.get(serverName);
        if (exact != null) {
            return exact;
        }
        int dot = serverName.indexOf('.');
        List<TlsCertificate> wildcard = dot < 0 ? null : byName.get("*" + serverName.substring(dot));
        return wildcard == null ? byDefault : wildcard;
    }

    /** For clients that ask for no name, in the order of the config. */
    List<TlsCertificate> all() {
        return all;
    }

    private static List<String> names(TlsCertificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.leaf().getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0).equals(DNS_NAME)) {
                        names.add(alternative.get(1).toString().toLowerCase(Locale.ROOT));
                    }
                }
            }
            if (names.isEmpty()) {
                commonNames(certificate, names);
            }
        } catch (CertificateParsingException | InvalidNameException e) {
            // It serves as the default only.
            return names;
        }
        return names;
    }

    private static void commonNames(TlsCertificate certificate, List<String> names) throws InvalidNameException {
        String subject = certificate.leaf().getSubjectX500Principal().getName();
        for (Rdn rdn : new LdapName(subject).getRdns()) {
            if (rdn.getType().equalsIgnoreCase("CN")) {
                names.add(rdn.getValue().toString().toLowerCase(Locale.ROOT));
            }
        }
    }
}
