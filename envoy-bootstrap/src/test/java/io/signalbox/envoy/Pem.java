package io.signalbox.envoy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Writes what a PKCS#12 file holds as PEM files. */
final class Pem {
    private Pem() {}

    static void write(Path store, String password, Path chain, Path key) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
            String alias = keys.aliases().nextElement();
            Files.writeString(
                    chain, block("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
            Files.writeString(
                    key,
                    block(
                            "PRIVATE KEY",
                            keys.getKey(alias, password.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String block(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}
