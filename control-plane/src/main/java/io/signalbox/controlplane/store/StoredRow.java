package io.signalbox.controlplane.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a resource says, in the columns {@code labels}, {@code spec} and {@code sealed}. */
record StoredRow(String labels, String spec, byte @Nullable [] sealed) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};

    static StoredRow of(ResourceKey key, Map<String, String> labels, Spec spec, PrivateKeys keys) {
        byte @Nullable [] sealed =
                spec instanceof CertificateSpec certificate ? keys.seal(key, certificate.privateKey()) : null;
        try {
            return new StoredRow(
                    JSON.writeValueAsString(labels), JSON.writeValueAsString(ModelJson.toStored(spec)), sealed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(key + " has no JSON form", e);
        }
    }

    /** @param prefix of the columns' names: {@code before_} … */
    static Optional<StoredRow> read(ResultSet row, String prefix) throws SQLException {
        String spec = row.getString(prefix + "spec");
        return spec == null
                ? Optional.empty()
                : Optional.of(new StoredRow(row.getString(prefix + "labels"), spec, row.getBytes(prefix + "sealed")));
    }

    static ResourceKey readKey(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new ResourceKey(
                Kind.findBySingular(kind)
                        .orElseThrow(() -> new IllegalStateException(
                                "the database holds a " + kind + ", which this release does not know")),
                row.getString("name"));
    }

    State open(ResourceKey key, PrivateKeys keys) {
        try {
            SortedMap<String, String> openLabels = JSON.readValue(labels, LABELS);
            return new State(
                    openLabels,
                    ModelJson.fromJson(
                            key.kind(),
                            JSON.readTree(spec),
                            Optional.ofNullable(sealed).map(bytes -> keys.open(key, bytes))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds " + key + " in a form that cannot be read", e);
        }
    }
}
