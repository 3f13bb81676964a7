package io.signalbox.dataplane.upstream;

import java.util.Collection;

/** Finds out which hosts are well. Confined to the config thread. */
public interface Probes {
    /** Looks after the hosts of these clusters from now on, and of no others. */
    void follow(Collection<Cluster> clusters);

    /**
     * Whether the first round of a cluster's probes is over, whatever came of it. As in Envoy it is when as many probes have
     * ended as there were hosts in the beginning; one whose host is taken away has ended.
     */
    boolean hasAsked(Cluster cluster);
}
