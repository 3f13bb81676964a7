package io.signalbox.dataplane.upstream;

import io.netty.util.NetUtil;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.routing.balance.HashTable;
import io.signalbox.routing.balance.Maglev;
import io.signalbox.routing.balance.RingHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The host that the request's hash leads to; without a hash any, as a random hash would. */
final class ByHash implements LoadBalancer {
    private final Host[] hosts;
    private final HashTable table;
    private final Chance chance;

    private ByHash(Host[] hosts, HashTable table, Chance chance) {
        this.hosts = hosts;
        this.table = table;
        this.chance = chance;
    }

    /**
     * @param shares of each member, of 1; those without any are left out
     * @return empty when nobody has a share
     */
    static Optional<LoadBalancer> create(LoadBalancing policy, List<Member> members, double[] shares, Chance chance) {
        List<Host> hosts = new ArrayList<>();
        List<HashTable.Share> of = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                Host host = members.get(i).host();
                hosts.add(host);
                String address = NetUtil.toSocketAddressString(host.address());
                of.add(new HashTable.Share(members.get(i).hashKey(address), shares[i]));
            }
        }
        return of.isEmpty()
                ? Optional.empty()
                : Optional.of(new ByHash(hosts.toArray(Host[]::new), table(policy, of), chance));
    }

    private static HashTable table(LoadBalancing policy, List<HashTable.Share> shares) {
        if (policy instanceof LoadBalancing.RingHash ring) {
            return RingHash.ofShares(shares, ring.minimumSize(), ring.maximumSize());
        }
        if (policy instanceof LoadBalancing.Maglev maglev) {
            return Maglev.ofShares(shares, maglev.tableSize());
        }
        throw new IllegalArgumentException("no policy by hash: " + policy);
    }

    @Override
    public Host pick(OptionalLong hash) {
        return hosts[table.pick(hash.isPresent() ? hash.getAsLong() : chance.next())];
    }
}
