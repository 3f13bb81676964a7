package io.signalbox.controlplane.xds.resource;

import com.github.xds.type.matcher.v3.Matcher;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.model.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The successive virtual hosts for one host name. Remembers the last one, to hand out again what did not change. */
final class VirtualHosts {
    record Translated(VirtualHost virtualHost, Set<String> clusters) {}

    private final Memo<ResolvedRoutes.Route, RouteEntry> routes = new Memo<>();
    private final Memo<Action, RouteEntry> lastResort = new Memo<>();
    private final MatcherTrees trees = new MatcherTrees();
    private ResolvedRoutes.@Nullable Host lastHost;
    private Optional<ResolvedRoutes.ToHttps> lastRedirect = Optional.empty();
    private @Nullable Translated last;

    Translated translate(ResolvedRoutes.Host host, Optional<ResolvedRoutes.ToHttps> redirect) {
        if (last != null && host.equals(lastHost) && redirect.equals(lastRedirect)) {
            return last;
        }
        Translated translated = virtualHost(host, redirect);
        lastHost = host;
        lastRedirect = redirect;
        last = translated;
        return translated;
    }

    private Translated virtualHost(ResolvedRoutes.Host host, Optional<ResolvedRoutes.ToHttps> redirect) {
        List<RouteEntry> entries = new ArrayList<>(host.routes().size());
        Set<String> clusters = new HashSet<>();
        for (ResolvedRoutes.Route route : host.routes()) {
            RouteEntry entry = routes.get(route.name(), route, RouteEntry::of);
            entries.add(entry);
            clusters.addAll(entry.clusters());
        }
        routes.endRound();
        VirtualHost.Builder proto =
                VirtualHost.newBuilder().setName(host.host()).addDomains(host.host());
        host.virtualHost().ifPresent(of -> {
            Headers.set(proto, of.spec().headers());
            proto.putAllTypedPerFilterConfig(HttpFilters.configs(of.spec().policies()));
            of.spec()
                    .unmatched()
                    .ifPresent(action -> entries.add(lastResort.get(
                            of.name(), action, unmatched -> RouteEntry.lastResort(of.name(), unmatched))));
        });
        lastResort.endRound();
        List<RouteEntry> tunnels = entries.stream().filter(RouteEntry::tunnels).toList();
        entries.removeAll(tunnels);
        Matcher ofPaths = trees.tree(entries);
        Matcher tree = tunnels.isEmpty() ? ofPaths : Tunnels.before(ofPaths, tunnels);
        proto.setMatcher(redirect.map(r -> HttpsRedirects.before(tree, r)).orElse(tree));
        return new Translated(proto.build(), clusters);
    }
}
