package io.signalbox.dataplane.config;

/** What servers are told of a client's certificate beside its hash. Envoy: {@code SetCurrentClientCertDetails}. */
public record CertificateDetails(boolean certificate, boolean chain, boolean subject, boolean uri, boolean dns) {}
