package io.signalbox.controlplane.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.RouteTestSpec;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.util.Optional;

/**
 * Specs to JSON and back. The shapes are those of the OpenAPI document.
 *
 * <p>What is written is canonical: scalars with a default are shown, empty lists and absent options are not, field order
 * is fixed. Equal specs give equal JSON, and reading what was written gives an equal spec, a certificate's key apart.
 *
 * <p>What is read has passed the schema: here a wrong shape is a bug and an {@link IllegalArgumentException}. Host and
 * header names, which compare without case, are read as lower case.
 */
public final class ModelJson {
    private ModelJson() {}

    /** The public form: without the private key of a certificate. */
    public static ObjectNode toJson(Spec spec) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (spec instanceof CertificateSpec certificate) {
            json.put("chain", certificate.chain());
        } else if (spec instanceof PoolSpec pool) {
            PoolJson.write(pool, json);
        } else if (spec instanceof ListenerSpec listener) {
            ListenerJson.write(listener, json);
        } else if (spec instanceof VirtualHostSpec host) {
            VirtualHostJson.write(host, json);
        } else if (spec instanceof RouteSpec route) {
            RouteJson.write(route, json);
        } else if (spec instanceof RouteTestSpec test) {
            RouteTestJson.write(test, json);
        } else if (spec instanceof CanarySpec canary) {
            CanaryJson.write(canary, json);
        } else if (spec instanceof ExperimentSpec experiment) {
            ExperimentJson.write(experiment, json);
        }
        return json;
    }

    /** The public form, and what the server itself adds to it. */
    public static ObjectNode toStored(Spec spec) {
        ObjectNode json = toJson(spec);
        if (spec instanceof CanarySpec canary) {
            CanaryJson.writeState(canary, json);
        } else if (spec instanceof ExperimentSpec experiment) {
            ExperimentJson.writeState(experiment, json);
        }
        return json;
    }

    /** How far a canary has come, as users see it. */
    public static ObjectNode status(CanarySpec canary) {
        return CanaryJson.status(canary);
    }

    /** How far an experiment has come, as users see it. */
    public static ObjectNode status(ExperimentSpec experiment) {
        return ExperimentJson.status(experiment);
    }

    /** @throws IllegalArgumentException for what the schema does not allow, or a certificate without its key */
    public static Spec fromJson(Kind kind, JsonNode json) {
        return fromJson(kind, json, Optional.empty());
    }

    /**
     * @param privateKey the key of a certificate whose JSON holds none; otherwise unused
     * @throws IllegalArgumentException for what the schema does not allow, or a certificate without any key
     */
    public static Spec fromJson(Kind kind, JsonNode json, Optional<PrivateKeyPem> privateKey) {
        return switch (kind) {
            case CERTIFICATE -> certificate(json, privateKey);
            case POOL -> PoolJson.read(json);
            case LISTENER -> ListenerJson.read(json);
            case VIRTUAL_HOST -> VirtualHostJson.read(json);
            case ROUTE -> RouteJson.read(json);
            case ROUTE_TEST -> RouteTestJson.read(json);
            case CANARY -> CanaryJson.read(json);
            case EXPERIMENT -> ExperimentJson.read(json);
        };
    }

    /** A request as route tests hold it; the shape has been checked. */
    public static SampleRequest requestFromJson(JsonNode json) {
        return RouteTestJson.request(json);
    }

    public static ObjectNode toJson(SampleRequest request) {
        return RouteTestJson.write(request);
    }

    private static CertificateSpec certificate(JsonNode json, Optional<PrivateKeyPem> otherKey) {
        PrivateKeyPem key = Fields.optionalString(json, "privateKey")
                .map(PrivateKeyPem::new)
                .or(() -> otherKey)
                .orElseThrow(() -> new IllegalArgumentException("a certificate without a private key"));
        return new CertificateSpec(Fields.string(json, "chain"), key);
    }
}
