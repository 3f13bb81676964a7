package io.signalbox.controlplane.xds;

import java.util.Optional;

/**
 * A value in a resource that only newer releases know.
 *
 * @param name of the resource
 * @param route the name of the route that it is in, if it is in one
 * @param field of the API: {@code spec.match.path.template}
 * @param since the oldest release that knows it
 */
public record ReleaseNeed(ResourceType type, String name, Optional<String> route, String field, Release since) {
    public boolean isMetBy(Release release) {
        return release.compareTo(since) >= 0;
    }

    /** The same of a route, in whichever RouteConfiguration it is: it may be in several. */
    public ReleaseNeed wherever() {
        return route.isPresent() ? new ReleaseNeed(type, "", route, field, since) : this;
    }

    /** Whose value it is, as users know it: {@code routes/checkout}. What answers when no route does is named so already. */
    public String resource() {
        if (route.isPresent()) {
            return route.get().contains("/") ? route.get() : "routes/" + route.get();
        }
        String kind = switch (type) {
            case CLUSTER, ENDPOINT -> "pools/";
            case SECRET -> "certificates/";
            case LISTENER, ROUTE -> "listeners/";
        };
        return kind + name;
    }
}
