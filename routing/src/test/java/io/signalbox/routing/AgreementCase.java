package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.List;

/** A configuration and requests that both sides are asked. */
record AgreementCase(String name, RouteConfiguration configuration, List<Request> requests) {
    AgreementCase {
        requests = List.copyOf(requests);
    }

    AgreementCase(String name, RouteConfiguration configuration, Request... requests) {
        this(name, configuration, List.of(requests));
    }

    static List<Request> paths(String... paths) {
        List<Request> requests = new ArrayList<>();
        for (String path : paths) {
            requests.add(Request.get(path));
        }
        return requests;
    }

    static List<Request> hosts(String... hosts) {
        List<Request> requests = new ArrayList<>();
        for (String host : hosts) {
            requests.add(Request.get("/").to(host));
        }
        return requests;
    }

    /** One route, for requests with such a header. */
    static AgreementCase header(String matcher, List<Request> asked) {
        return new AgreementCase(
                "header {" + matcher + "}",
                Configurations.answering("{prefix: /, headers: [{" + matcher + "}]}"),
                asked);
    }
}
