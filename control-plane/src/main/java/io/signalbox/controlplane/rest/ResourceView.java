package io.signalbox.controlplane.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Suppliers;
import io.signalbox.controlplane.json.ModelJson;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Reference;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.validation.CertificateChain;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resources as users see them: the envelope. */
final class ResourceView {
    private static final Integer DNS_NAME = 2; // RFC 5280, GeneralName

    private final Supplier<Set<String>> forwardedTo;

    /** @param config what the resources are part of */
    ResourceView(Config config) {
        this.forwardedTo = Suppliers.memoize(() -> forwardedTo(config));
    }

    private static Set<String> forwardedTo(Config config) {
        Stream<Reference> ofRoutes = Stream.of(config.routes(), config.listeners())
                .flatMap(kind -> kind.values().stream())
                .flatMap(resource -> resource.spec().references().stream());
        Stream<Reference> ofCanaries = config.canaries().values().stream()
                .filter(canary -> canary.spec().keepsPools())
                .flatMap(canary -> canary.spec().references().stream());
        Stream<Reference> ofExperiments = config.experiments().values().stream()
                .filter(experiment -> experiment.spec().isRunning())
                .flatMap(experiment -> experiment.spec().references().stream());
        return Stream.of(ofRoutes, ofCanaries, ofExperiments)
                .flatMap(references -> references)
                .map(Reference::target)
                .filter(target -> target.kind() == Kind.POOL)
                .map(ResourceKey::name)
                .collect(Collectors.toSet());
    }

    ObjectNode toJson(Resource<?> resource) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", resource.name());
        putLabels(json, resource.labels());
        json.set("spec", ModelJson.toJson(resource.spec()));
        if (resource.spec() instanceof PoolSpec) {
            json.putObject("status").put("published", forwardedTo.get().contains(resource.name()));
        } else if (resource.spec() instanceof CertificateSpec certificate) {
            status(certificate).ifPresent(status -> json.set("status", status));
        } else if (resource.spec() instanceof CanarySpec canary) {
            json.set("status", ModelJson.status(canary));
        } else if (resource.spec() instanceof ExperimentSpec experiment) {
            json.set("status", ModelJson.status(experiment));
        }
        return json.put("revision", resource.revision())
                .put("createdAt", resource.createdAt().toString())
                .put("updatedAt", resource.updatedAt().toString());
    }

    /** What users can write of it. */
    static ObjectNode editable(Resource<?> resource) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        putLabels(json, resource.labels());
        json.set("spec", ModelJson.toJson(resource.spec()));
        return json;
    }

    static void putLabels(ObjectNode json, Map<String, String> labels) {
        if (!labels.isEmpty()) {
            labels.forEach(json.putObject("labels")::put);
        }
    }

    private static Optional<ObjectNode> status(CertificateSpec certificate) {
        try {
            X509Certificate leaf = CertificateChain.parse(certificate.chain()).leaf();
            ObjectNode status = JsonNodeFactory.instance
                    .objectNode()
                    .put("subject", leaf.getSubjectX500Principal().getName());
            ArrayNode dnsNames = status.putArray("dnsNames");
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            if (names != null) {
                names.stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .forEach(name -> dnsNames.add(String.valueOf(name.get(1))));
            }
            byte[] fingerprint = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return Optional.of(
                    status.put("notBefore", leaf.getNotBefore().toInstant().toString())
                            .put("notAfter", leaf.getNotAfter().toInstant().toString())
                            .put("sha256", HexFormat.of().formatHex(fingerprint)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // what is stored has been parsed before; a reader should get the rest in any case
        }
    }
}
