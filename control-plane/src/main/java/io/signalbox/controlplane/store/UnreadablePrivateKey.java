package io.signalbox.controlplane.store;

import io.signalbox.controlplane.model.ResourceKey;

/** The database holds a private key that was encrypted with a keyset other than the one configured. */
public final class UnreadablePrivateKey extends RuntimeException {
    UnreadablePrivateKey(ResourceKey owner, Throwable cause) {
        super(
                "The private key of " + owner
                        + " in the database cannot be decrypted: the keyset file is not the one it"
                        + " was encrypted with, or has lost a key since",
                cause);
    }
}
