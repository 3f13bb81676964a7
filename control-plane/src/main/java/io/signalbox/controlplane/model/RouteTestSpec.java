package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/**
 * What must become of a request, whatever changes.
 *
 * @param request when it names no listener, the test holds for each one that speaks its scheme
 * @param route the name of the route that must decide; empty for any
 */
public record RouteTestSpec(SampleRequest request, Expectation expect, Optional<String> route) implements Spec {

    /** In JSON one key of {@code pool}, {@code redirect}, {@code respond}, {@code noRoute}. */
    public sealed interface Expectation {
        /**
         * It can reach this pool.
         *
         * @param share of how many percent of the requests, give or take a hundredth; empty for any above 0
         */
        record Pool(String pool, Optional<Double> share) implements Expectation {}

        /** The proxy redirects it, a redirect to a path without escaped slashes included. */
        record Redirect(Optional<Integer> status, Optional<String> location) implements Expectation {}

        /** The proxy answers itself. */
        record Respond(int status) implements Expectation {}

        /** No route takes it. */
        record NoRoute() implements Expectation {}
    }

    @Override
    public Kind kind() {
        return Kind.ROUTE_TEST;
    }

    /** None: a test that names what is not there fails, which says more than a dangling reference. */
    @Override
    public List<Reference> references() {
        return List.of();
    }
}
