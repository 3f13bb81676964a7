package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.xds.Membership;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a request at one revision, and why.
 *
 * @param listener the listener it was taken to arrive at
 * @param otherListeners those it could have arrived at just as well
 * @param request as routing sees it: the path normalised
 * @param virtualHost the host of the config that decides; empty when the request does not get as far, or none does
 * @param route the route that takes it; empty when none does
 * @param unmatched the virtual host whose answer it gets, as no route takes it; empty otherwise
 * @param possible the routes that may take it, where fractions leave that to chance and no random value was given. The
 *     rest then says what the first of them does
 * @param arms the pools it may go to; empty when it is not forwarded
 * @param stronger routes that go first and do not take it: of many the nearest ones, in precedence order
 * @param strongerOmitted how many more there are
 */
public record Explanation(
        long revision,
        String listener,
        List<String> otherListeners,
        Asked request,
        Result result,
        Optional<String> virtualHost,
        Optional<String> route,
        Optional<String> unmatched,
        List<Possible> possible,
        List<Arm> arms,
        List<Candidate> stronger,
        int strongerOmitted) {
    public Explanation {
        otherListeners = List.copyOf(otherListeners);
        possible = List.copyOf(possible);
        arms = List.copyOf(arms);
        stronger = List.copyOf(stronger);
    }

    public record Asked(String method, String scheme, String host, String path) {}

    /** What the proxy does. */
    public sealed interface Result {
        /**
         * @param pool empty when that is a matter of chance and no random value was given
         * @param member what it takes part in, where a canary or an experiment divides the route and that is certain
         * @param sent the request as the backend gets it
         */
        record Forward(Optional<String> pool, Optional<Membership> member, Asked sent) implements Result {}

        /** @param reason why, when no route says so */
        record Redirect(int status, String location, Optional<String> reason) implements Result {}

        record Respond(int status, Optional<String> body) implements Result {}

        /** 404: the virtual host has no route for it. */
        record NoRoute() implements Result {}

        /** 404: neither a route nor a virtual host is for this host. */
        record NoHost() implements Result {}

        /** The proxy refuses the request before it looks for a route. */
        record Rejected(int status, String reason) implements Result {}
    }

    /**
     * @param route empty when no route takes it
     * @param probability from 0 to 1
     */
    public record Possible(Optional<String> route, double probability) {}

    /**
     * @param probability from 0 to 1
     * @param member what a request that goes this way takes part in, where a canary or an experiment divides the route
     */
    public record Arm(String pool, long weight, double probability, Optional<Membership> member) {
        Arm times(double factor) {
            return new Arm(pool, weight, probability * factor, member);
        }
    }

    /** A route, and all that the request does not fulfil of it. */
    public record Candidate(String route, List<Unmet> unmet) {
        public Candidate {
            unmet = List.copyOf(unmet);
        }
    }

    /**
     * @param field of the route: {@code spec.match.headers[1]}
     * @param found what the request has there
     * @param expected what the route asks for
     */
    public record Unmet(String field, String found, String expected) {}
}
