package io.signalbox.dataplane.config;

/** A subject's alternative name that a certificate may have. Envoy: {@code SubjectAltNameMatcher}. */
public sealed interface SubjectName {
    /** A host name; wildcards are the certificate's. */
    record Dns(String name) implements SubjectName {}

    /** @param prefix whether more may follow */
    record Uri(String uri, boolean prefix) implements SubjectName {}
}
