package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;

/** Refuses what a bootstrap asks for and we cannot do; the static resources' parsers check those. */
public final class BootstrapFields {
    private BootstrapFields() {}

    public static void check(Bootstrap proto) throws InvalidResource {
        SupportedFields.check("", proto.toBuilder().clearStaticResources().build());
    }
}
