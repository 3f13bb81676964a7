package io.signalbox.controlplane.rest.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.alert.Alert;
import io.signalbox.controlplane.store.CommittedRevision;
import io.signalbox.controlplane.store.Confirmation;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.serve.TypeStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One event of the stream. Revisions have an id, their number, which every replica knows, also after a restart. What nodes
 * do has none: with the id of the last revision a client gets all later revisions, and how each node is.
 */
record Event(String type, OptionalLong id, ObjectNode data) {
    static Event of(CommittedRevision committed) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("revision", committed.revision().n())
                .put("author", committed.revision().author())
                .put("time", committed.revision().at().toString());
        committed.revision().reason().ifPresent(reason -> data.put("reason", reason));
        ArrayNode changes = data.putArray("changes");
        committed
                .touched()
                .forEach(touched -> changes.addObject()
                        .put("kind", touched.key().kind().singular())
                        .put("name", touched.key().name())
                        .put("result", touched.how().name().toLowerCase(Locale.ROOT)));
        return new Event("revision", OptionalLong.of(committed.revision().n()), data);
    }

    static Event of(Alert alert) {
        return new Event(alert.kind().singular(), OptionalLong.empty(), alert.data());
    }

    static Event applied(String node, long revision) {
        ObjectNode data =
                JsonNodeFactory.instance.objectNode().put("node", node).put("revision", revision);
        return new Event("applied", OptionalLong.empty(), data);
    }

    static Event refused(String node, ResourceType type, TypeStatus.Refused refused) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("node", node)
                .put("type", type.word())
                .put("revision", refused.revision())
                .put("message", refused.message());
        return new Event("refused", OptionalLong.empty(), data);
    }

    /** What became of a revision that waited to be confirmed. */
    static Event of(Confirmation confirmation) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("revision", confirmation.revision())
                .put("state", confirmation.state().name().toLowerCase(Locale.ROOT));
        confirmation.revertedBy().ifPresent(n -> data.put("revertedBy", n));
        confirmation.message().ifPresent(message -> data.put("message", message));
        return new Event("confirmation", OptionalLong.empty(), data);
    }

    /** WHATWG HTML, section 9.2.6. JSON on one line needs no splitting. */
    byte[] bytes() {
        String line = id.isPresent() ? "id: " + id.getAsLong() + "\n" : "";
        return ("event: " + type + "\n" + line + "data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
