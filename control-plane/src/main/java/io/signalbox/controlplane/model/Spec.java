package io.signalbox.controlplane.model;

import java.util.List;

/** What a user says about one resource. */
public sealed interface Spec
        permits CertificateSpec,
                PoolSpec,
                ListenerSpec,
                VirtualHostSpec,
                RouteSpec,
                RouteTestSpec,
                CanarySpec,
                ExperimentSpec {
    Kind kind();

    /** Every place in which this spec names another resource, in the order written; the same target may come twice. */
    List<Reference> references();
}
