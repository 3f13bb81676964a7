package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import io.signalbox.controlplane.model.Passthrough;
import io.signalbox.controlplane.model.Resource;
import java.security.cert.CertificateException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names that are passed through stand beside those that certificates are for: each name goes one way, and no certificate
 * is there for nothing. A wildcard certificate may have exceptions, as the narrower name counts.
 */
final class PassthroughRules {
    private PassthroughRules() {}

    static void check(Https https, Config after, Findings findings) {
        if (!https.passthrough().isEmpty() && https.handshake().http3().isPresent()) {
            findings.at("http3").add("it stands beside passthrough", "none, as QUIC is not passed through");
        }
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < https.passthrough().size(); i++) {
            Passthrough passthrough = https.passthrough().get(i);
            Findings here = findings.at("passthrough", i);
            for (int j = 0; j < passthrough.serverNames().size(); j++) {
                String name = passthrough.serverNames().get(j);
                String first = seen.putIfAbsent(name, "passthrough[" + i + "].serverNames[" + j + "]");
                if (first != null) {
                    here.at("serverNames", j).add(Findings.quote(name) + ", as in " + first, "each name once");
                }
                checkCertificates(name, https.certificates(), after, here.at("serverNames", j));
            }
            TcpRules.check(passthrough.forward(), here);
        }
    }

    private static void checkCertificates(String name, List<String> certificates, Config after, Findings findings) {
        for (String certificate : certificates) {
            Resource<CertificateSpec> resource = after.certificates().get(certificate);
            Optional<String> covered = resource == null ? Optional.empty() : firstCovered(name, names(resource.spec()));
            covered.ifPresent(of -> findings.add(
                    Findings.quote(name) + ", and certificate " + certificate + " is for " + of,
                    "names that none of the listener's certificates is for"));
        }
    }

    /** @param name of the certificate */
    static void check(String name, CertificateSpec certificate, Config after, Findings findings) {
        List<String> names = names(certificate);
        for (Resource<ListenerSpec> listener : after.listeners().values()) {
            if (listener.spec().protocol() instanceof Https https
                    && https.certificates().contains(name)) {
                for (Passthrough passthrough : https.passthrough()) {
                    for (String passed : passthrough.serverNames()) {
                        firstCovered(passed, names)
                                .ifPresent(of -> findings.at("chain")
                                        .add(
                                                of + ", and listener " + listener.name() + " passes " + passed
                                                        + " through",
                                                "names that no listener of this certificate passes through"));
                    }
                }
            }
        }
    }

    /** One that reads no better is told of by {@link CertificateRules}. */
    private static List<String> names(CertificateSpec certificate) {
        try {
            return CertificateChain.parse(certificate.chain()).dnsNames();
        } catch (CertificateException e) {
            return List.of();
        }
    }

    private static Optional<String> firstCovered(String passed, List<String> names) {
        return names.stream().filter(name -> covers(passed, name)).findFirst();
    }

    /** Whether all that a certificate's name stands for is passed through. */
    static boolean covers(String passed, String name) {
        return passed.equals(name) || (passed.startsWith("*.") && name.endsWith(passed.substring(1)));
    }
}
