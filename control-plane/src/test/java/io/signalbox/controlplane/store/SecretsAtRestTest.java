package io.signalbox.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class SecretsAtRestTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KEY_TEXT = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
    private static final CertificateSpec CERTIFICATE = new CertificateSpec(
            "-----BEGIN CERTIFICATE-----\nchain\n-----END CERTIFICATE-----\n",
            new PrivateKeyPem("-----BEGIN PRIVATE KEY-----\n" + KEY_TEXT + "\n-----END PRIVATE KEY-----\n"));

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path keyset;

    @BeforeEach
    void start() throws IOException {
        database = new Database(Replica.address(postgres.database()));
        keyset = directory.resolve("keyset.json");
        KeysetFile.create(keyset);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void comeBackFromAllThatIsRead() throws Exception {
        ConfigStore store = store();
        put(store, "shop", CERTIFICATE);
        put(store, "other", CERTIFICATE);

        Config loaded = store.load();

        assertThat(loaded.certificates().values()).extracting(Resource::spec).containsOnly(CERTIFICATE);
        assertThat(store.catchUp(Config.EMPTY)).isEqualTo(loaded);
        assertThat(new RevisionHistory(database, keys())
                        .find(1)
                        .orElseThrow()
                        .changes()
                        .get(0)
                        .after()
                        .map(RevisionChanges.State::spec))
                .contains(CERTIFICATE);
    }

    @Test
    void areReadableInNoTable() throws Exception {
        ConfigStore store = store();
        put(store, "shop", CERTIFICATE);
        put(store, "shop", new CertificateSpec("new chain", CERTIFICATE.privateKey())); // in the history twice

        String everything = dump();

        assertThat(everything)
                .contains("new chain")
                .doesNotContain("PRIVATE KEY")
                .doesNotContain(KEY_TEXT);
        assertThat(CERTIFICATE.toString()).doesNotContain(KEY_TEXT);
    }

    @Test
    void openOnlyUnderTheirOwnName() throws Exception {
        ConfigStore store = store();
        put(store, "shop", CERTIFICATE);
        put(store, "other", CERTIFICATE);
        execute("UPDATE resources SET sealed = (SELECT sealed FROM resources WHERE name = 'shop')");

        assertThatThrownBy(store::load)
                .isInstanceOf(UnreadablePrivateKey.class)
                .hasMessageContaining("certificates/other");
    }

    @Test
    void doNotOpenWithAnotherKeyset() throws Exception {
        put(store(), "shop", CERTIFICATE);
        Path other = directory.resolve("other.json");
        KeysetFile.create(other);
        ConfigStore store = new ConfigStore(database, new PrivateKeys(KeysetFile.read(other)), UUID::randomUUID);

        assertThatThrownBy(store::load)
                .isInstanceOf(UnreadablePrivateKey.class)
                .hasMessageContaining("certificates/shop")
                .hasMessageContaining("keyset");
    }

    @Test
    void stayReadableWhenTheKeysetIsRotated() throws Exception {
        put(store(), "shop", CERTIFICATE);
        String before = Files.readString(keyset);

        KeysetFile.rotate(keyset);

        assertThat(Files.readString(keyset)).isNotEqualTo(before);
        put(store(), "other", CERTIFICATE);
        assertThat(store().load().certificates()).containsOnlyKeys("other", "shop");
        // The new key is the one that encrypts: with the old keyset alone, what was written since does not open.
        Files.writeString(keyset, before);
        assertThatThrownBy(() -> store().load()).hasMessageContaining("certificates/other");
    }

    @Test
    void keysetFilesAreForTheirOwnerOnlyAndNeverOverwritten() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        KeysetFile.rotate(keyset);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> KeysetFile.create(keyset)).isInstanceOf(FileAlreadyExistsException.class);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(keyset);
        }
    }

    @Test
    void brokenKeysetFilesAreNamedAndNotShown() throws Exception {
        Path broken = directory.resolve("broken.json");
        Files.writeString(broken, "{\"primaryKeyId\": 1, \"secret\": \"" + KEY_TEXT + "\"}");

        assertThatThrownBy(() -> KeysetFile.read(broken))
                .isInstanceOf(KeysetFile.InvalidKeyset.class)
                .hasMessageContaining("broken.json")
                .hasMessageNotContaining(KEY_TEXT)
                .hasNoCause();
        assertThatThrownBy(() -> KeysetFile.read(directory.resolve("none.json")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private PrivateKeys keys() throws IOException {
        return new PrivateKeys(KeysetFile.read(keyset));
    }

    private ConfigStore store() throws IOException {
        return new ConfigStore(database, keys(), UUID::randomUUID);
    }

    /** Past validation, which would want a real certificate. */
    private static void put(ConfigStore store, String name, CertificateSpec spec) {
        Config base = store.load();
        ResourceKey key = new ResourceKey(Kind.CERTIFICATE, name);
        long revision = base.revision() + 1;
        Resource<?> resource = Resource.written(base.find(key), name, Map.of(), spec, revision, NOW);
        Config after = base.with(revision, Map.of(key, Optional.of(resource)));
        boolean committed = store.commit(
                List.of(new NewRevision(
                        new Revision(revision, "tests", Optional.empty(), NOW), after, new TreeSet<>(Set.of(key)))),
                List.of());
        assertThat(committed).isTrue();
    }

    private String dump() throws Exception {
        StringBuilder text = new StringBuilder();
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("head", "revisions", "resources", "history")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            byte[] bytes = rows.getBytes(i);
                            text.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1))
                                    .append('\n');
                        }
                    }
                }
            }
        }
        return text.toString();
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
