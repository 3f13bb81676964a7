package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.HeaderEdits;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.Rewrite;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteMatch.CookieMatch;
import io.signalbox.controlplane.model.RouteMatch.Fraction;
import io.signalbox.controlplane.model.RouteMatch.HeaderMatch;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.QueryMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.controlplane.model.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes routes for tests. What is not said: host {@code test}, every listener, prefix {@code /}, answers its name. */
public final class RouteDraft {
    private final String name;
    private List<String> hosts = List.of("test");
    private List<String> listeners = List.of();
    private int priority;
    private PathMatch path = new PathMatch.Prefix("/");
    private List<String> methods = List.of();
    private final List<HeaderMatch> headers = new ArrayList<>();
    private final List<CookieMatch> cookies = new ArrayList<>();
    private final List<QueryMatch> query = new ArrayList<>();
    private HeaderEdits edits = HeaderEdits.NONE;
    private Policies policies = Policies.NONE;
    private List<String> sources = List.of();
    private boolean grpc;
    private Optional<Fraction> fraction = Optional.empty();
    private Action action;

    private RouteDraft(String name) {
        this.name = name;
        this.action = new Action.Respond(200, Optional.of(name));
    }

    public static RouteDraft named(String name) {
        return new RouteDraft(name);
    }

    public RouteDraft hosts(String... newHosts) {
        this.hosts = List.of(newHosts);
        return this;
    }

    public RouteDraft listeners(String... newListeners) {
        this.listeners = List.of(newListeners);
        return this;
    }

    public RouteDraft priority(int newPriority) {
        this.priority = newPriority;
        return this;
    }

    public RouteDraft exact(String newPath) {
        return path(new PathMatch.Exact(newPath));
    }

    public RouteDraft prefix(String prefix) {
        return path(new PathMatch.Prefix(prefix));
    }

    public RouteDraft regex(String regex) {
        return path(new PathMatch.Regex(regex));
    }

    public RouteDraft path(PathMatch newPath) {
        this.path = newPath;
        return this;
    }

    public RouteDraft methods(String... newMethods) {
        this.methods = List.of(newMethods);
        return this;
    }

    public RouteDraft header(String header, ValueMatch value) {
        headers.add(new HeaderMatch(header, value, false));
        return this;
    }

    public RouteDraft header(HeaderMatch header) {
        headers.add(header);
        return this;
    }

    public RouteDraft sources(String... networks) {
        this.sources = List.of(networks);
        return this;
    }

    public RouteDraft grpc() {
        this.grpc = true;
        return this;
    }

    public RouteDraft millionths(int millionths) {
        this.fraction = Optional.of(new Fraction(millionths, Optional.empty()));
        return this;
    }

    public RouteDraft rewrite(String pool, Rewrite.Path path) {
        return action(new Action.Forward(
                new Action.Destination.Pools(List.of(new Action.WeightedPool(pool, 1))),
                List.of(),
                new Rewrite(Optional.empty(), Optional.of(path))));
    }

    public RouteDraft headerNot(String header, ValueMatch value) {
        headers.add(new HeaderMatch(header, value, true));
        return this;
    }

    public RouteDraft cookie(String cookie, ValueMatch value) {
        cookies.add(new CookieMatch(cookie, value));
        return this;
    }

    public RouteDraft query(String parameter, ValueMatch value) {
        query.add(new QueryMatch(parameter, value));
        return this;
    }

    public RouteDraft forward(String pool) {
        return forward(new Action.WeightedPool(pool, 1));
    }

    public RouteDraft forward(Action.WeightedPool... pools) {
        return action(new Action.Forward(List.of(pools)));
    }

    public RouteDraft action(Action newAction) {
        this.action = newAction;
        return this;
    }

    public RouteDraft headers(HeaderEdits newEdits) {
        this.edits = newEdits;
        return this;
    }

    public RouteDraft policies(Policies newPolicies) {
        this.policies = newPolicies;
        return this;
    }

    public String name() {
        return name;
    }

    public RouteSpec spec() {
        RouteMatch match = new RouteMatch(path, methods, headers, cookies, query, sources, grpc, fraction);
        return new RouteSpec(hosts, listeners, priority, match, action, edits, policies, Optional.empty());
    }
}
