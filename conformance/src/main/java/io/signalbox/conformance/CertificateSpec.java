package io.signalbox.conformance;

import io.signalbox.local.CertificateRequest;
import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate as a case describes it; the runner makes it.
 *
 * @param subject as RFC 2253 writes it
 * @param names DNS names
 * @param uris the subject's other alternative names
 * @param rsa whether its key is for RSA, else for ECDSA
 * @param authority whose it is; the one whose name is {@code default} signs what the runner itself shows
 * @param expired whether its time was over an hour ago
 */
record CertificateSpec(
        String subject, List<String> names, List<String> uris, boolean rsa, String authority, boolean expired) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(90);

    CertificateSpec {
        names = List.copyOf(names);
        uris = List.copyOf(uris);
    }

    Issued issue(TestCertificates by) {
        Instant end = expired ? Instant.now().minus(HOUR) : Instant.now().plus(LIFE);
        return by.issue(new CertificateRequest(
                subject, names, uris, rsa, end.minus(LIFE).minus(HOUR), end));
    }
}
