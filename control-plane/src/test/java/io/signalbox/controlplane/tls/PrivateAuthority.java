package io.signalbox.controlplane.tls;

import io.signalbox.local.TestCertificates;
import io.signalbox.local.TestCertificates.Issued;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An authority that no JVM knows by itself, and JVMs that have been told of it, as an operator would tell them. */
public final class PrivateAuthority {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final TestCertificates authority = TestCertificates.authority();
    private final Path directory;

    /** @param directory for what it writes */
    public PrivateAuthority(Path directory) {
        this.directory = directory;
    }

    /** For a server of a name, with a certificate by this authority. */
    public SSLContext server(String name) throws IOException, GeneralSecurityException {
        Issued issued = authority.issue(name);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("server", key(issued), PASSWORD, new Certificate[] {issued.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static PrivateKey key(Issued issued) throws GeneralSecurityException {
        String base64 = issued.privateKey().replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    /** What a class prints in a JVM of its own that has never heard of the authority. */
    public String printedByStranger(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return printed(main, null, arguments);
    }

    /** What it prints in one whose trust store has the authority in place of all others. */
    public String printedByFriend(Class<?> main, String... arguments)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setCertificateEntry("authority", authority.root());
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return printed(main, file, arguments);
    }

    private static String printed(Class<?> main, @Nullable Path trustStore, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        if (trustStore != null) {
            command.add("-Djavax.net.ssl.trustStore=" + trustStore);
            command.add("-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return printed;
    }
}
