package io.signalbox.routing;

/** What a format may tell of the certificate that a client showed. */
public enum CertificateFact {
    /** By RFC 2253, the last part first. */
    SUBJECT,
    /** SHA-256, in hex. */
    FINGERPRINT,
    /** URIs among the subject's alternative names, with commas between them. */
    URIS,
    /** Likewise the DNS names. */
    DNS_NAMES
}
