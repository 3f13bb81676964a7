package io.signalbox.controlplane.store;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The file with the keys that encrypt secrets in the database: a cleartext Tink keyset in JSON, AES-256-GCM, readable by
 * its owner only. Messages never hold any of its content.
 *
 * <p>Rotation: {@link #rotate} adds a key and makes it the one that encrypts; the older keys go on decrypting. A
 * certificate is encrypted anew whenever it is written.
 */
public final class KeysetFile {
    private KeysetFile() {}

    /**
     * @throws NoSuchFileException when there is none
     * @throws InvalidKeyset when the file holds no keyset
     */
    public static Aead read(Path file) throws IOException {
        try {
            return parse(file).getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyset(file, e);
        }
    }

    /** @throws FileAlreadyExistsException rather than to overwrite a file that something may depend on */
    public static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder().addEntry(newPrimary());
        write(file, keyset);
    }

    /** Adds a key, which encrypts from the next start on. All replicas must have the new file before one uses it. */
    public static void rotate(Path file) throws IOException {
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder(parse(file));
        write(file, keyset.addEntry(newPrimary()));
    }

    private static KeysetHandle.Builder.Entry newPrimary() throws InvalidKeyset {
        register();
        return KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId()
                .makePrimary();
    }

    private static KeysetHandle parse(Path file) throws IOException {
        register();
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | UncheckedIOException e) {
            throw new InvalidKeyset(file, e);
        }
    }

    /** Complete or not at all, and never readable by others, not even for a moment. */
    private static void write(Path file, KeysetHandle.Builder keyset) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path written = Files.createTempFile(
                directory,
                ".keyset",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(
                    written, TinkJsonProtoKeysetFormat.serializeKeyset(keyset.build(), InsecureSecretKeyAccess.get()));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException e) {
            throw new IOException("no keyset could be made for " + file, e);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void register() {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink offers no AEAD", e);
        }
    }

    /** The file is there and holds something else than a keyset. Its cause's message is left out on purpose. */
    public static final class InvalidKeyset extends IOException {
        InvalidKeyset(Path file, Exception cause) {
            super(file + " holds no usable Tink keyset in JSON ("
                    + cause.getClass().getSimpleName() + ")");
        }
    }
}
