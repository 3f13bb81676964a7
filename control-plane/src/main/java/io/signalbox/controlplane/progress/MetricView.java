package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.Resource;
import java.util.List;

/** What a Prometheus answered about canaries. Any thread. */
@FunctionalInterface
public interface MetricView {
    /** Of each metric of a canary what is known at the step it is on, in their order; none of one that is not under way. */
    List<MetricReading> observe(Resource<CanarySpec> canary);
}
