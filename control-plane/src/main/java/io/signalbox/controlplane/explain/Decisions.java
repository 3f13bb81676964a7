package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.explain.Explanation.Asked;
import io.signalbox.controlplane.explain.Explanation.Result;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.xds.Membership;
import io.signalbox.controlplane.xds.resource.HttpsRedirects;
import io.signalbox.routing.Body;
import io.signalbox.routing.Decision;
import java.util.Optional;

/** What the routing library decides, in the words of explanations. */
final class Decisions {
    /** What the name of such an answer starts with in a route table. */
    private static final String VIRTUAL_HOST = new ResourceKey(Kind.VIRTUAL_HOST, "").toString();

    private Decisions() {}

    static Asked asked(EdgeRequest request) {
        return new Asked(request.method(), request.scheme(), Wire.text(request.authority()), Wire.text(request.path()));
    }

    /** The name of the route that takes the request. */
    static Optional<String> route(Decision decision) {
        return named(decision).filter(name -> !name.startsWith(VIRTUAL_HOST) && !name.equals(HttpsRedirects.ROUTE));
    }

    /** The name of the virtual host whose answer it is, as no route takes the request. */
    static Optional<String> unmatched(Decision decision) {
        return named(decision)
                .filter(name -> name.startsWith(VIRTUAL_HOST))
                .map(name -> name.substring(VIRTUAL_HOST.length()));
    }

    private static Optional<String> named(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return Optional.of(forward.route());
        } else if (decision instanceof Decision.Redirect redirect) {
            return Optional.of(redirect.route());
        }
        return decision instanceof Decision.Respond respond ? Optional.of(respond.route()) : Optional.empty();
    }

    static Explanation.Possible possible(Chances.Chance chance) {
        return new Explanation.Possible(route(chance.decision()), chance.probability());
    }

    /** Whether the same route, or the same virtual host without one, says so. */
    static boolean isOfOneRoute(Decision one, Decision other) {
        return named(one).equals(named(other)) && one.getClass().equals(other.getClass());
    }

    /** Where no route is, Envoy does not get as far as to say that it does not. */
    private static boolean allows(Decision decision, String protocol) {
        return decision instanceof Decision.Forward forward
                ? forward.forwarding().upgrades().getOrDefault(protocol, false)
                : named(decision).isEmpty();
    }

    /**
     * @param certain whether a pool is the only one in question
     * @param member what the request takes part in, as far as that is certain
     */
    static Result result(Decision decision, EdgeRequest request, boolean certain, Optional<Membership> member) {
        if (request.upgrade().filter(protocol -> !allows(decision, protocol)).isPresent()) {
            return new Result.Rejected(403, "the route does not allow this upgrade");
        } else if (decision instanceof Decision.Forward forward) {
            Asked sent = new Asked(
                    request.method(),
                    request.scheme(),
                    Wire.text(forward.authority(request).orElse(request.authority())),
                    Wire.text(forward.path().orElse(request.path())));
            return new Result.Forward(certain ? Optional.of(forward.cluster()) : Optional.empty(), member, sent);
        } else if (decision instanceof Decision.Redirect redirect) {
            Optional<String> reason = Optional.of("the listener redirects to HTTPS what comes without TLS")
                    .filter(because -> redirect.route().equals(HttpsRedirects.ROUTE));
            return new Result.Redirect(redirect.status(), Wire.text(redirect.location()), reason);
        } else if (decision instanceof Decision.Respond respond) {
            return new Result.Respond(respond.status(), respond.body().map(Body::toString));
        }
        return decision instanceof Decision.NoRoute ? new Result.NoRoute() : new Result.NoHost();
    }
}
