package io.signalbox.controlplane.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** That a revision made something of a resource that people want to hear of. */
public sealed interface Alert permits CanaryAlert, ExperimentAlert {
    /** Nothing else is told of. */
    Set<Kind> KINDS = Set.of(Kind.CANARY, Kind.EXPERIMENT);

    /** What did it, with the reason. */
    Revision revision();

    /** What it is about, as the stream of events calls it. */
    Kind kind();

    /** What became of it, in one word. */
    String word();

    /** All of it in JSON, as the stream of events has it. */
    ObjectNode data();

    /** All that a revision tells, those of one kind in the order of their names. Pure. */
    static List<Alert> of(RevisionChanges changes) {
        List<Alert> alerts = new ArrayList<>(CanaryAlert.of(changes));
        alerts.addAll(ExperimentAlert.of(changes));
        return alerts;
    }

    /** What all alerts end with. */
    static ObjectNode withRevision(ObjectNode data, Revision revision) {
        revision.reason().ifPresent(reason -> data.put("reason", reason));
        return data.put("revision", revision.n())
                .put("author", revision.author())
                .put("time", revision.at().toString());
    }

    /** The body of a webhook's request, in the form that Standard Webhooks 1.0 recommends. */
    default String body() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("type", kind().singular() + "." + word())
                .put("timestamp", revision().at().toString());
        body.set("data", data());
        return body.toString();
    }
}
