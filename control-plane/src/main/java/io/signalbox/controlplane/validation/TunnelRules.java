package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.List;

/** A route for {@code CONNECT}: its requests have neither path nor query, and servers get bytes instead of them. */
final class TunnelRules {
    private static final List<String> ITS_METHOD = List.of("CONNECT");
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");
    private static final String NONE = "none beside upgrades: [connect], whose requests reach no server";

    private TunnelRules() {}

    static void check(RouteSpec route, Findings findings) {
        if (!(route.action() instanceof Action.Forward forward) || !forward.tunnels()) {
            return;
        }
        Findings match = findings.at("match");
        if (!route.match().methods().equals(ITS_METHOD)) {
            match.at("methods")
                    .add(
                            route.match().methods().isEmpty()
                                    ? "nothing"
                                    : String.join(", ", route.match().methods()),
                            "CONNECT alone beside upgrades: [connect]");
        }
        if (!route.match().path().equals(EVERY_PATH)) {
            match.at("path").add("a condition", "none beside upgrades: [connect], as CONNECT has no path");
        }
        if (!route.match().query().isEmpty()) {
            match.at("query").add("a condition", "none beside upgrades: [connect], as CONNECT has no query");
        }
        check(forward, findings.at("action").at("forward"));
    }

    private static void check(Action.Forward forward, Findings findings) {
        if (forward.to() instanceof Action.Destination.FromHeader) {
            findings.at("poolFromHeader").add("a pool that a header names", "pools beside upgrades: [connect]");
        }
        if (!forward.rewrite().equals(Rewrite.NONE)) {
            findings.at("rewrite").add("a rewrite", NONE);
        }
        if (forward.delivery().retry().isPresent()) {
            findings.at("retry").add("retries", NONE);
        }
        if (!forward.delivery().mirrors().isEmpty()) {
            findings.at("mirrors").add("mirrors", NONE);
        }
    }
}
