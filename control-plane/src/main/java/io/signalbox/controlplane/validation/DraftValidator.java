package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Reference;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.RouteTestSpec;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the schema cannot say: references, addresses, expressions, certificates. It finds everything that would make a
 * proxy refuse the config, or that makes no sense, and all of it at once. What the schema says already (patterns, ranges,
 * limits) is not looked at again. Pure; any thread may call it.
 */
public final class DraftValidator {
    private DraftValidator() {}

    /**
     * @param before the config that holds
     * @param after the config as the change would leave it; what it says of unchanged resources is taken to be valid
     * @param changed what the change puts or deletes. Deleting what others refer to is not looked at here
     * @param now for the validity of certificates and the expiry of routes
     * @return in the order of the keys; empty if all is well
     */
    public static List<KeyedViolation> validate(Config before, Config after, Set<ResourceKey> changed, Instant now) {
        List<KeyedViolation> violations = new ArrayList<>();
        for (ResourceKey key : new TreeSet<>(changed)) {
            after.find(key).ifPresent(resource -> {
                for (Violation violation : validate(resource, before.find(key), after, now)) {
                    violations.add(new KeyedViolation(key, violation));
                }
            });
        }
        return List.copyOf(violations);
    }

    private static List<Violation> validate(
            Resource<?> resource, Optional<Resource<?>> before, Config after, Instant now) {
        Spec spec = resource.spec();
        if (before.map(b -> b.spec().equals(spec)).orElse(false)) {
            // Labels only. So a certificate that has expired since can still be labelled.
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        Findings findings = Findings.into(violations, "spec");
        checkReferences(spec, after, findings);
        SubsetRules.check(resource, after, findings);
        if (spec instanceof CertificateSpec certificate) {
            CertificateRules.check(certificate, now, findings);
            CipherRules.check(resource.name(), certificate, after, findings.at("chain"));
            PassthroughRules.check(resource.name(), certificate, after, findings);
        } else if (spec instanceof PoolSpec pool) {
            PoolRules.check(pool, findings);
        } else if (spec instanceof ListenerSpec listener) {
            ListenerRules.check(resource.name(), listener, after, findings);
        } else if (spec instanceof VirtualHostSpec host) {
            VirtualHostRules.check(resource.name(), host, after, findings);
        } else if (spec instanceof RouteSpec route) {
            RouteRules.check(route, now, findings);
            DividedRoutes.check(resource.name(), route, after, findings);
            CanaryRules.check(resource.name(), route, after, findings);
        } else if (spec instanceof CanarySpec canary) {
            CanaryRules.check(resource, canary, before.map(Resource::spec), after, findings);
        } else if (spec instanceof ExperimentSpec experiment) {
            ExperimentRules.check(resource.name(), experiment, before.map(Resource::spec), after, now, findings);
        } else if (spec instanceof RouteTestSpec test) {
            Findings client = findings.at("request").at("client");
            test.request()
                    .client()
                    .filter(address -> IpAddresses.parse(address).isEmpty())
                    .ifPresent(address -> client.add(Findings.quote(address), IpAddresses.EXPECTED));
        }
        return violations;
    }

    private static boolean speaksHttp(String listener, Config after) {
        Resource<ListenerSpec> found = after.listeners().get(listener);
        return found == null || found.spec().speaksHttp();
    }

    private static void checkReferences(Spec spec, Config after, Findings findings) {
        for (Reference reference : spec.references()) {
            ResourceKey target = reference.target();
            if (after.find(target).isEmpty()) {
                String kind = target.kind().singular();
                findings.at(reference.field())
                        .add("no " + kind + " named " + target.name(), "the name of an existing " + kind);
            } else if (target.kind() == Kind.LISTENER && !speaksHttp(target.name(), after)) {
                findings.at(reference.field()).add(target.name() + ", which is for tcp", TcpRules.HTTP_LISTENER);
            }
        }
    }
}
