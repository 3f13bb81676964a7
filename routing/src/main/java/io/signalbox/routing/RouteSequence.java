package io.signalbox.routing;

import java.util.List;
import java.util.function.Consumer;

/** Routes in their order; the first that matches takes the request. */
record RouteSequence(List<Route> routes) implements Matcher {
    RouteSequence {
        routes = List.copyOf(routes);
    }

    @Override
    public RouteSequence find(Subject subject) {
        return this;
    }

    @Override
    public void forEachRoute(Consumer<Route> visitor) {
        routes.forEach(visitor);
    }

    Decision decide(Subject subject, String virtualHost) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.matches(subject)) {
                return route.decide(subject, virtualHost);
            }
        }
        return new Decision.NoRoute(virtualHost);
    }
}
