package io.signalbox.conformance;

import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate as a case describes it; the runner makes it.
 *
 * @param names DNS names
 * @param authority whose it is; the one whose name is {@code default} signs what the runner itself shows
 * @param expired whether its time was over an hour ago
 */
record CertificateSpec(List<String> names, String authority, boolean expired) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(90);

    CertificateSpec {
        names = List.copyOf(names);
    }

    Issued issue(TestCertificates by) {
        Instant end = expired ? Instant.now().minus(HOUR) : Instant.now().plus(LIFE);
        return by.issue(end.minus(LIFE).minus(HOUR), end, names);
    }
}
