package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.change.EnvoyDiff;
import io.signalbox.controlplane.change.EnvoyDiff.EnvoyChange;
import io.signalbox.controlplane.change.Outcome.Applied;
import io.signalbox.controlplane.change.Outcome.Preview;
import io.signalbox.controlplane.change.Written;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Resource;
import java.util.Locale;
import java.util.Optional;

/** What a dry run would do: never a private key. */
final class DiffView {
    private DiffView() {}

    static ObjectNode toJson(Applied applied, Preview preview) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode resources = json.putArray("resources");
        for (Written written : applied.written()) {
            if (written.result() != Written.Result.UNCHANGED) {
                resources.add(toJson(written, preview.before().find(written.key())));
            }
        }
        json.set("envoy", toJson(preview.envoy()));
        return json;
    }

    private static ObjectNode toJson(Written written, Optional<Resource<?>> before) {
        ObjectNode json = Refusals.keyed(JsonNodeFactory.instance.objectNode(), written.key())
                .put("change", before.isEmpty() ? "create" : written.now().isEmpty() ? "delete" : "update");
        before.ifPresent(resource -> json.set("before", ResourceView.editable(resource)));
        written.now().ifPresent(resource -> json.set("after", ResourceView.editable(resource)));
        if (before.isPresent()
                && written.now().isPresent()
                && before.get().spec() instanceof CertificateSpec old
                && written.now().get().spec() instanceof CertificateSpec now
                && !old.privateKey().equals(now.privateKey())) {
            json.put("privateKeyChanged", true);
        }
        return json;
    }

    private static ObjectNode toJson(EnvoyDiff diff) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode resources = json.putArray("resources");
        for (EnvoyChange change : diff.changes()) {
            resources
                    .addObject()
                    .put("type", change.type())
                    .put("name", change.name())
                    .put("change", change.kind().name().toLowerCase(Locale.ROOT))
                    .put("bytes", change.bytes());
        }
        json.put("bytes", diff.bytes());
        diff.drains().forEach(json.putArray("drains")::add);
        return json;
    }
}
