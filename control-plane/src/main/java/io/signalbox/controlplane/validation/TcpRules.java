package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.HeaderChanges;
import io.signalbox.controlplane.model.Http2;
import io.signalbox.controlplane.model.ListenerEdge;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.TcpForward;
import io.signalbox.controlplane.model.TcpForward.Arm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is passed on byte for byte, and what a listener that does only that cannot have. */
final class TcpRules {
    /** Of what is about requests. */
    static final String HTTP_LISTENER = "the name of a listener for http or https";

    private static final Duration LONGEST = Duration.ofHours(24);

    private TcpRules() {}

    static void check(TcpForward forward, Findings findings) {
        Map<Arm, Integer> seen = new HashMap<>();
        long sum = 0;
        for (int i = 0; i < forward.pools().size(); i++) {
            Arm arm = forward.pools().get(i);
            sum += arm.weight();
            Integer first = seen.putIfAbsent(new Arm(arm.pool(), 1, arm.subset()), i);
            if (first != null) {
                findings.at("pools", i)
                        .at("pool")
                        .add(Findings.quote(arm.pool()) + ", as in pools[" + first + "]", "each pool once");
            }
        }
        if (sum <= 0) {
            findings.at("pools").add("weights whose sum is " + sum, "weights whose sum is above 0");
        }
        if (!forward.idleTimeout().isZero()) {
            DurationRules.check(forward.idleTimeout(), LONGEST, findings.at("idleTimeout"));
        }
    }

    /** @param name of a listener for TCP */
    static void checkBeside(String name, ListenerSpec listener, Config after, Findings findings) {
        ListenerEdge edge = listener.edge();
        refuse(edge.trust().isPresent(), "trust", findings);
        refuse(edge.redirectToHttps().isPresent(), "redirectToHttps", findings);
        refuse(!edge.http2().equals(Http2.DEFAULT), "http2", findings);
        refuse(edge.rateLimit().isPresent(), "rateLimit", findings);
        refuse(edge.maxRequestBody().isPresent(), "maxRequestBody", findings);
        refuse(edge.authorization().isPresent(), "authorization", findings);
        refuse(edge.compression().isPresent(), "compression", findings);
        refuse(edge.idleTimeout().isPresent(), "idleTimeout", findings);
        refuse(!listener.headers().request().equals(HeaderChanges.NONE), "requestHeaders", findings);
        refuse(!listener.headers().response().equals(HeaderChanges.NONE), "responseHeaders", findings);
        listener.accessLog()
                .flatMap(log -> log.minimumStatus())
                .ifPresent(status -> findings.at("accessLog")
                        .at("minimumStatus")
                        .add(status + " beside tcp", "http or https beside it, as connections have no status"));
        List<String> users = users(name, after);
        if (!users.isEmpty()) {
            findings.at("tcp")
                    .add(
                            "named by " + Findings.shorten(String.join(", ", users)),
                            "http or https, as long as routes and virtual hosts name the listener");
        }
    }

    private static void refuse(boolean there, String field, Findings findings) {
        if (there) {
            findings.at(field).add("it stands beside tcp", "http or https beside it");
        }
    }

    private static List<String> users(String listener, Config after) {
        return Stream.concat(
                        after.routes().values().stream()
                                .filter(route -> route.spec().listeners().contains(listener)),
                        after.virtualHosts().values().stream()
                                .filter(host -> host.spec().listeners().contains(listener)))
                .map(Resource::key)
                .map(Object::toString)
                .toList();
    }
}
