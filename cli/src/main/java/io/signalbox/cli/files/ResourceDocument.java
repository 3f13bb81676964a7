package io.signalbox.cli.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.Kind;
import java.util.Optional;

/**
 * One resource as a user wrote it. Only what all kinds have in common is known here; the control plane judges the rest.
 *
 * @param labels empty when the document has none, which keeps the labels that are stored
 * @param source where it was written, for messages: {@code edge.yaml, document 2}
 */
public record ResourceDocument(Kind kind, String name, Optional<ObjectNode> labels, ObjectNode spec, String source) {

    /** {@code route checkout}, as users name it. */
    public String title() {
        return kind.singular() + " " + name;
    }
}
