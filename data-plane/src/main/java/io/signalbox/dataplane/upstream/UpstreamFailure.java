package io.signalbox.dataplane.upstream;

/** Why an exchange ended without a whole response; the phrases are those of Envoy's answers. */
public enum UpstreamFailure {
    CONNECT_FAILED("remote connection failure", "UF"),
    CONNECT_TIMEOUT("connection timeout", "UF"),
    DISCONNECTED("connection termination", "UC"),
    PROTOCOL_ERROR("protocol error", "UPE"),
    /** The host gave this request up, HTTP/2. */
    REMOTE_RESET("remote reset", "UR"),
    /** The host has done nothing about this request, HTTP/2. */
    REMOTE_REFUSED("remote refused stream reset", "UR"),
    /** Too much is under way already, by the cluster's limits. */
    OVERFLOW("overflow", "UO");

    private final String phrase;
    private final String flag;

    UpstreamFailure(String phrase, String flag) {
        this.phrase = phrase;
        this.flag = flag;
    }

    /** In access logs. Envoy: {@code %RESPONSE_FLAGS%}. */
    public String flag() {
        return flag;
    }

    /** The status that it counts as against a host: what Envoy's outlier detection takes it for. */
    int standsFor() {
        return 503;
    }

    public String phrase() {
        return phrase;
    }
}
