package io.signalbox.controlplane.xds.resource;

import com.google.common.base.Ascii;
import io.signalbox.controlplane.xds.Membership;

/** That a user has a variant of an experiment, as servers and statistics are told of it. */
record Exposure(String experiment, String variant) {
    String header() {
        return experiment + "=" + variant;
    }

    /**
     * Neither name has a full stop.
     *
     * @param how the request came to the variant
     */
    String statistic(Membership.How how) {
        return "experiment." + experiment + "." + variant + "." + Ascii.toLowerCase(how.name());
    }
}
