package io.signalbox.controlplane.model;

/** A private key in PEM. Its own type, so that printing whatever holds one prints no key. */
public record PrivateKeyPem(String pem) {
    @Override
    public String toString() {
        return "PrivateKeyPem[hidden]";
    }
}
