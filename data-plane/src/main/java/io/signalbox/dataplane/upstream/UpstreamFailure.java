package io.signalbox.dataplane.upstream;

/** Why an exchange ended without a whole response; the phrases are those of Envoy's answers. */
public enum UpstreamFailure {
    CONNECT_FAILED("remote connection failure"),
    CONNECT_TIMEOUT("connection timeout"),
    DISCONNECTED("connection termination"),
    PROTOCOL_ERROR("protocol error"),
    /** Too much is under way already, by the cluster's limits. */
    OVERFLOW("overflow");

    private final String phrase;

    UpstreamFailure(String phrase) {
        this.phrase = phrase;
    }

    /** The status that it counts as against a host: what Envoy's outlier detection takes it for. */
    int standsFor() {
        return 503;
    }

    public String phrase() {
        return phrase;
    }
}
