package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.CertificateSpec;

public record ResolvedCertificate(String name, CertificateSpec spec) {}
