package io.signalbox.controlplane.model;

/** A version of TLS, the oldest first. The ones before are broken, and no proxy speaks them (RFC 8996). */
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** As users write it. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException for any other text */
    public static TlsVersion of(String text) {
        for (TlsVersion version : values()) {
            if (version.text.equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException("no version of TLS");
    }
}
