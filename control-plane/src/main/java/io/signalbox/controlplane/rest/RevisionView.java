package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.store.Confirmation;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.RevisionChanges.ResourceChange;
import io.signalbox.controlplane.store.RevisionChanges.State;
import java.util.Locale;
import java.util.Optional;

/** The history as users see it: never a private key. */
final class RevisionView {
    private RevisionView() {}

    static ObjectNode toJson(Revision revision) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", revision.n())
                .put("author", revision.author())
                .put("time", revision.at().toString());
        revision.reason().ifPresent(reason -> json.put("reason", reason));
        return json;
    }

    static ObjectNode toJson(RevisionChanges changes, Optional<Confirmation> confirmation) {
        ObjectNode json = toJson(changes.revision());
        confirmation.ifPresent(c -> json.set("confirmation", toJson(c)));
        ArrayNode list = json.putArray("changes");
        changes.changes().forEach(change -> list.add(toJson(change)));
        return json;
    }

    static ObjectNode toJson(Confirmation confirmation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("state", confirmation.state().name().toLowerCase(Locale.ROOT))
                .put("deadline", confirmation.deadline().toString());
        confirmation.confirmedBy().ifPresent(author -> json.put("confirmedBy", author));
        confirmation.revertedBy().ifPresent(n -> json.put("revertedBy", n));
        confirmation.message().ifPresent(message -> json.put("message", message));
        return json;
    }

    /** All of it, each resource as it can be applied again, private keys apart. */
    static ObjectNode toJson(Config config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", config.revision());
        ArrayNode list = json.putArray("resources");
        ResourceView view = new ResourceView(config);
        for (Kind kind : Kind.values()) {
            config.all(kind)
                    .values()
                    .forEach(resource ->
                            list.addObject().put("kind", kind.singular()).setAll(view.toJson(resource)));
        }
        return json;
    }

    private static ObjectNode toJson(ResourceChange change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", change.key().kind().singular())
                .put("name", change.key().name())
                .put(
                        "result",
                        change.before().isEmpty() ? "created" : change.after().isEmpty() ? "deleted" : "updated");
        change.before().ifPresent(before -> json.set("before", toJson(before)));
        change.after().ifPresent(after -> json.set("after", toJson(after)));
        Optional<PrivateKeyPem> keyBefore = change.before().flatMap(RevisionView::privateKey);
        Optional<PrivateKeyPem> keyAfter = change.after().flatMap(RevisionView::privateKey);
        if (keyBefore.isPresent() && keyAfter.isPresent() && !keyBefore.equals(keyAfter)) {
            json.put("privateKeyChanged", true);
        }
        return json;
    }

    private static ObjectNode toJson(State state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ResourceView.putLabels(json, state.labels());
        json.set("spec", ModelJson.toJson(state.spec()));
        if (state.spec() instanceof CanarySpec canary) {
            json.set("status", ModelJson.status(canary));
        } else if (state.spec() instanceof ExperimentSpec experiment) {
            json.set("status", ModelJson.status(experiment));
        }
        return json;
    }

    private static Optional<PrivateKeyPem> privateKey(State state) {
        return state.spec() instanceof CertificateSpec certificate
                ? Optional.of(certificate.privateKey())
                : Optional.empty();
    }
}
