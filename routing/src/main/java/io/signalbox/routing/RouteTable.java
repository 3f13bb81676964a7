package io.signalbox.routing;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.Optional;

/** One route configuration, parsed. Immutable; any number of threads may ask it at once. */
public final class RouteTable {
    private static final Decision NO_VIRTUAL_HOST = new Decision.NoVirtualHost();

    private final String name;
    private final VirtualHosts hosts;

    private RouteTable(String name, VirtualHosts hosts) {
        this.name = name;
        this.hosts = hosts;
    }

    /**
     * Reads a configuration once, at the edge; requests never see a proto.
     *
     * @throws InvalidRouteConfiguration when Envoy would refuse it, or it uses what this library does not support
     */
    public static RouteTable parse(RouteConfiguration proto) throws InvalidRouteConfiguration {
        return new RouteTable(
                proto.getName(), VirtualHostsParser.parse(proto, FilterConfigs.Reader.AS_IS, UntoldFields.LEFT_ALONE));
    }

    /**
     * For those who carry decisions out: refuses also what would change answers though no decision tells of it.
     *
     * @param filters reads the configs of filters, each once for the level it stands at
     */
    public static RouteTable parse(RouteConfiguration proto, FilterConfigs.Reader filters)
            throws InvalidRouteConfiguration {
        return new RouteTable(proto.getName(), VirtualHostsParser.parse(proto, filters, UntoldFields.REFUSED));
    }

    /** The configuration's name. */
    public String name() {
        return name;
    }

    /** The virtual cluster that Envoy counts a request in; empty where its virtual host has none. */
    public Optional<String> virtualCluster(RequestView request) {
        VirtualHost host = hosts.find(request.authority());
        return host == null ? Optional.empty() : host.virtualClusters().find(new Subject(request, () -> 0));
    }

    /** Decides one request. Does no I/O and does not block. */
    public Decision decide(RequestView request, RandomValue random) {
        VirtualHost host = hosts.find(request.authority());
        return host == null ? NO_VIRTUAL_HOST : host.decide(new Subject(request, random));
    }

    /**
     * Decides a request that names no host: there is a route for it only where all hosts are one to this table. Envoy asks so
     * for answers that it gives before it routes.
     */
    public Decision decideUnnamed(RequestView request, RandomValue random) {
        VirtualHost host = hosts.findUnnamed();
        return host == null ? NO_VIRTUAL_HOST : host.decide(new Subject(request, random));
    }

    /** Lays one request beside all routes of its virtual host; empty when there is no such host. */
    public Optional<Inspection> inspect(RequestView request, RandomValue random) {
        return Optional.ofNullable(hosts.find(request.authority()))
                .map(host -> new Inspection(host, new Subject(request, random)));
    }
}
