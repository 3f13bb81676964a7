package io.signalbox.controlplane.store;

import com.google.crypto.tink.Aead;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals private keys for the database and opens them again. A sealed key is bound to the name of its resource: moved to
 * another row it does not open. Any thread.
 */
public final class PrivateKeys {
    private final Aead aead;

    /** @param aead what {@link KeysetFile} holds */
    public PrivateKeys(Aead aead) {
        this.aead = aead;
    }

    byte[] seal(ResourceKey owner, PrivateKeyPem key) {
        try {
            return aead.encrypt(key.pem().getBytes(StandardCharsets.UTF_8), associatedData(owner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the private key of " + owner + " could not be encrypted", e);
        }
    }

    /** @throws UnreadablePrivateKey when the keyset holds no key that opens it */
    PrivateKeyPem open(ResourceKey owner, byte[] sealed) {
        try {
            return new PrivateKeyPem(new String(aead.decrypt(sealed, associatedData(owner)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new UnreadablePrivateKey(owner, e);
        }
    }

    private static byte[] associatedData(ResourceKey owner) {
        return owner.toString().getBytes(StandardCharsets.UTF_8);
    }
}
