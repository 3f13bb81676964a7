package io.signalbox.routing;

import java.util.List;

/** One route: when it takes a request, and what it does with it. */
record Route(String name, PathMatch path, List<Condition> conditions, RouteAction action, FilterConfigs filters) {
    Route {
        conditions = List.copyOf(conditions);
    }

    boolean matches(Subject subject) {
        if (subject.isForTunnel() != path instanceof PathMatch.Connect || !path.matches(subject)) {
            return false;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(subject)) {
                return false;
            }
        }
        return true;
    }

    Decision decide(Subject subject, String virtualHost) {
        return action.decide(subject, virtualHost, this);
    }
}
