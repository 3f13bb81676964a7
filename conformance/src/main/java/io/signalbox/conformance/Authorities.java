package io.signalbox.conformance;

import io.signalbox.local.TestCertificates;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Certificate authorities by name, made when first asked for. For one thread. */
final class Authorities {
    /** Signs what the runner's own listeners show, and whatever a case does not give to another one. */
    static final String DEFAULT = "default";

    private final Map<String, TestCertificates> made = new LinkedHashMap<>();

    TestCertificates get(String name) {
        return made.computeIfAbsent(name, n -> TestCertificates.authority());
    }

    /** All that there are so far: what the runner's clients trust. */
    List<X509Certificate> roots() {
        return made.values().stream().map(TestCertificates::root).toList();
    }
}
