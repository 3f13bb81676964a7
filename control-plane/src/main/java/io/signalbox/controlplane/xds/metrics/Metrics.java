package io.signalbox.controlplane.xds.metrics;

import io.signalbox.controlplane.load.MetricsReport.Counter;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.util.List;
import java.util.Optional;

/**
 * One message of a stream, as far as it is wanted.
 *
 * @param node its id, which only the first message of a stream carries
 */
record Metrics(Optional<String> node, List<Counter> counters, List<Histogram> histograms) {}
