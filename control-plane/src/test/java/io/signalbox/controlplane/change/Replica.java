package io.signalbox.controlplane.change;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.store.ConfigStore;
import io.signalbox.controlplane.store.Confirmations;
import io.signalbox.controlplane.store.Database;
import io.signalbox.controlplane.store.DatabaseAddress;
import io.signalbox.controlplane.store.KeyedAnswers;
import io.signalbox.controlplane.store.PrivateKeys;
import io.signalbox.controlplane.store.RevisionHistory;
import io.signalbox.testkit.FakeClock;
import io.signalbox.testkit.PostgresExtension;
import io.signalbox.testkit.TestDatabase;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The writing half of a control plane. It learns of other replicas' writes only when it has to. */
public final class Replica implements AutoCloseable {
    private static final PrivateKeys KEYS = newKeys();

    public final FakeClock clock = new FakeClock();
    public final Database database;
    public final ConfigStore store;
    public final RevisionHistory history;
    public final Confirmations confirmations;
    public final Head head;
    public final ApplyChanges changes;
    public final Deadlines deadlines;
    /** What was told to have been committed. */
    public final List<Config> committed = new CopyOnWriteArrayList<>();

    public Replica(DatabaseAddress address, Rehearsal rehearsal) {
        database = new Database(address);
        store = new ConfigStore(database, KEYS, UUID::randomUUID);
        history = new RevisionHistory(database, KEYS);
        confirmations = new Confirmations(database);
        head = new Head(store, store.load());
        changes = new ApplyChanges(head, store, new KeyedAnswers(database), rehearsal, committed::add, clock);
        deadlines = new Deadlines(head, history, confirmations, changes, clock);
    }

    public static Replica of(TestDatabase database) {
        return new Replica(address(database), config -> List.of());
    }

    /** A database of its own for each test or class, with the schema. */
    public static PostgresExtension postgres() {
        return PostgresExtension.copyOf("signalbox", template -> {
            try (Database database = new Database(address(template))) {
                database.migrate();
            }
        });
    }

    public static DatabaseAddress address(TestDatabase database) {
        return new DatabaseAddress(database.jdbcUrl(), database.user(), database.password());
    }

    public static PrivateKeys newKeys() {
        try {
            AeadConfig.register();
            return new PrivateKeys(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
                    .getPrimitive(RegistryConfiguration.get(), com.google.crypto.tink.Aead.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Outcome apply(Change... changed) {
        return changes.apply(request(changed));
    }

    /** For what must succeed. */
    public Outcome.Applied applied(Change... changed) {
        Outcome outcome = apply(changed);
        if (outcome instanceof Outcome.Applied applied) {
            return applied;
        }
        throw new AssertionError("refused: " + outcome);
    }

    public static ChangeRequest request(Change... changed) {
        return new ChangeRequest(List.of(changed), Principal.admin("tests"), Optional.of("because"), false);
    }

    public Resource<?> get(ResourceKey key) {
        return head.get().find(key).orElseThrow();
    }

    @Override
    public void close() {
        database.close();
    }
}
