package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.controlplane.change.Change;
import io.signalbox.controlplane.change.Precondition;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.rest.body.FieldPath;
import io.signalbox.controlplane.rest.body.Found;
import io.signalbox.controlplane.rest.body.RequestSchemas;
import io.signalbox.controlplane.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From the JSON of a request to changes, if its shape is right. */
final class Drafts {
    private final RequestSchemas schemas;
    private final boolean hasPrometheus;

    /** @param hasPrometheus whether there is one to ask about canaries */
    Drafts(RequestSchemas schemas, boolean hasPrometheus) {
        this.schemas = schemas;
        this.hasPrometheus = hasPrometheus;
    }

    /** A change, and what is wrong with it; without violations there is a change. */
    record Draft(Optional<Change> change, List<Violation> violations) {
        Draft {
            violations = List.copyOf(violations);
        }

        private static Draft invalid(List<Violation> violations) {
            return new Draft(Optional.empty(), violations);
        }
    }

    /**
     * @param body the envelope
     * @param current what is there, for the private key of a certificate that is written without one
     */
    Draft put(ResourceKey key, Precondition precondition, JsonNode body, Optional<Resource<?>> current) {
        List<Violation> violations = new ArrayList<>(schemas.check(schema(key.kind()), body));
        JsonNode name = body.path("name");
        if (!name.isMissingNode() && !name.equals(TextNode.valueOf(key.name()))) {
            violations.add(
                    new Violation("name", Found.describe(name), Found.quote(key.name()) + ", the name in the path"));
        }
        return put(key, precondition, body, current, violations);
    }

    /** A change of a change set; the whole has passed its schema. */
    Draft ofChangeset(ResourceKey key, Precondition precondition, JsonNode change, Optional<Resource<?>> current) {
        return change.has("delete")
                ? new Draft(Optional.of(new Change.Delete(key, precondition)), List.of())
                : put(key, precondition, change, current, new ArrayList<>());
    }

    List<Violation> checkChangeset(JsonNode body) {
        return schemas.check("Changeset", body);
    }

    List<Violation> checkConfig(JsonNode body) {
        return schemas.check("Config", body);
    }

    private Draft put(
            ResourceKey key,
            Precondition precondition,
            JsonNode json,
            Optional<Resource<?>> current,
            List<Violation> violations) {
        Optional<PrivateKeyPem> storedKey = current.map(Resource::spec)
                .filter(CertificateSpec.class::isInstance)
                .map(spec -> ((CertificateSpec) spec).privateKey());
        JsonNode spec = json.path("spec");
        if (key.kind() == Kind.CERTIFICATE && spec.isObject() && !spec.has("privateKey") && storedKey.isEmpty()) {
            violations.add(new Violation(
                    FieldPath.field("spec", "privateKey"), Found.NOTHING, "a private key, as none is stored yet"));
        }
        if (!violations.isEmpty()) {
            return Draft.invalid(violations);
        }
        Spec model = ModelJson.fromJson(key.kind(), spec, storedKey);
        Spec written = current.map(stored -> onItsWay(model, stored.spec())).orElse(model);
        List<Violation> unanswerable = unanswerable(written, current.map(Resource::spec));
        return unanswerable.isEmpty()
                ? new Draft(Optional.of(new Change.Put(key, precondition, labels(json), written)), List.of())
                : Draft.invalid(unanswerable);
    }

    /** What nobody can be asked about. What is stored already stays, so that the rest of it can still be edited. */
    private List<Violation> unanswerable(Spec written, Optional<Spec> stored) {
        List<CanaryMetric> metrics = metrics(written);
        if (hasPrometheus
                || metrics.isEmpty()
                || metrics.equals(stored.map(Drafts::metrics).orElse(List.of()))) {
            return List.of();
        }
        return List.of(new Violation(
                FieldPath.field(FieldPath.field("spec", "analysis"), "metrics"),
                metrics.size() == 1 ? "1 metric" : metrics.size() + " metrics",
                "none, as this server has no Prometheus to ask: its configuration lacks prometheus.url"));
    }

    private static List<CanaryMetric> metrics(Spec spec) {
        return spec instanceof CanarySpec canary ? canary.analysis().metrics() : List.of();
    }

    /** Writing what something is to be like leaves it where it is on its way. */
    private static Spec onItsWay(Spec written, Spec stored) {
        if (written instanceof CanarySpec canary && stored instanceof CanarySpec now) {
            return canary.in(now.state());
        }
        return written instanceof ExperimentSpec experiment && stored instanceof ExperimentSpec now
                ? experiment.in(now.state())
                : written;
    }

    private static String schema(Kind kind) {
        return switch (kind) {
            case CERTIFICATE -> "Certificate";
            case POOL -> "Pool";
            case LISTENER -> "Listener";
            case VIRTUAL_HOST -> "VirtualHost";
            case ROUTE -> "Route";
            case ROUTE_TEST -> "RouteTest";
            case CANARY -> "Canary";
            case EXPERIMENT -> "Experiment";
        };
    }

    private static Optional<SortedMap<String, String>> labels(JsonNode json) {
        if (!json.has("labels")) {
            return Optional.empty();
        }
        SortedMap<String, String> labels = new TreeMap<>();
        json.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return Optional.of(labels);
    }
}
