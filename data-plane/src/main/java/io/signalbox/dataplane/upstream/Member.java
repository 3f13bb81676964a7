package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;

/** One endpoint of the config, and the host that it is. */
record Member(Host host, Endpoint endpoint) {
    int priority() {
        return endpoint.priority();
    }

    boolean isHealthy() {
        return endpoint.healthy() && host.isHealthy();
    }

    WeightedHost weighted() {
        return new WeightedHost(host, endpoint.weight());
    }

    /** What a hash table knows it by: as in Envoy its address, unless a label says otherwise. */
    String hashKey(String address) {
        String key = endpoint.labels().get("hash_key");
        return key == null ? address : key;
    }
}
