package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Compression;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Trust;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a listener makes of requests before they are routed. */
final class ListenerEdgeRules {
    private static final String OTHER_HEADER = "a header that the proxy neither writes nor removes itself";

    /** Those that connections are made with, and those that hops decide on. */
    private static final Set<String> NOT_TRUSTED_BY_NAME = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "x-forwarded-proto");

    private ListenerEdgeRules() {}

    static void check(ListenerSpec listener, Findings findings) {
        listener.edge().rateLimit().ifPresent(limit -> PolicyRules.check(limit, findings.at("rateLimit")));
        listener.edge()
                .authorization()
                .ifPresent(authorization -> AuthorizationRules.check(authorization, findings.at("authorization")));
        listener.edge().compression().ifPresent(compression -> check(compression, findings.at("compression")));
        listener.edge()
                .idleTimeout()
                .filter(t -> !t.isZero())
                .ifPresent(t -> DurationRules.check(t, DeliveryRules.LONGEST, findings.at("idleTimeout")));
        listener.edge().trust().ifPresent(trust -> check(trust, findings.at("trust")));
        if (listener.edge().redirectToHttps().isPresent() && listener.protocol() instanceof ListenerSpec.Https) {
            findings.at("redirectToHttps").add("it stands beside https", "http beside it");
        }
    }

    private static void check(Compression compression, Findings findings) {
        Set<Compression.Algorithm> seen = new HashSet<>();
        for (int i = 0; i < compression.encodings().size(); i++) {
            Compression.Algorithm algorithm = compression.encodings().get(i).algorithm();
            if (!seen.add(algorithm)) {
                findings.at("encodings", i)
                        .add(
                                Findings.quote(algorithm.name().toLowerCase(Locale.ROOT)) + " again",
                                "each encoding once");
            }
        }
    }

    private static void check(Trust trust, Findings findings) {
        if (trust.hops() == 0 && trust.headers().isEmpty()) {
            findings.add("nothing that is trusted", "at least one of hops, headers");
        }
        if (!trust.headers().isEmpty() && trust.networks().isEmpty()) {
            findings.at("networks").add("nothing", "the networks from which the headers count");
        }
        Set<Networks.Network> seen = new HashSet<>();
        for (int i = 0; i < trust.networks().size(); i++) {
            String text = trust.networks().get(i);
            Optional<Networks.Network> network = Networks.parse(text);
            if (network.isEmpty()) {
                findings.at("networks", i).add(Findings.quote(text), Networks.EXPECTED);
            } else if (!seen.add(network.get())) {
                findings.at("networks", i).add(Findings.quote(text) + " for the second time", "each item once");
            }
        }
        for (int i = 0; i < trust.headers().size(); i++) {
            String name = trust.headers().get(i);
            if (NOT_TRUSTED_BY_NAME.contains(name) || name.startsWith("x-envoy-")) {
                findings.at("headers", i).add(Findings.quote(name), OTHER_HEADER);
            } else if (trust.headers().indexOf(name) < i) {
                findings.at("headers", i).add(Findings.quote(name) + " for the second time", "each item once");
            }
        }
    }
}
