package io.signalbox.dataplane.upstream;

import io.netty.util.NetUtil;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.balance.HashTable;
import io.signalbox.routing.balance.HashedHost;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The host that the request's hash leads to; without a hash any, as a random hash would. */
final class ByHash implements LoadBalancer {
    private final Host[] hosts;
    private final HashTable table;
    private final RandomValue random;

    ByHash(List<WeightedHost> hosts, Function<List<HashedHost>, HashTable> table, RandomValue random) {
        this.hosts = WeightedHost.hosts(hosts);
        this.table = table.apply(hosts.stream()
                .map(h -> new HashedHost(NetUtil.toSocketAddressString(h.host().address()), h.weight()))
                .toList());
        this.random = random;
    }

    @Override
    public Host pick() {
        return pick(OptionalLong.empty());
    }

    @Override
    public Host pick(OptionalLong hash) {
        return hosts[table.pick(hash.isPresent() ? hash.getAsLong() : random.next())];
    }
}
