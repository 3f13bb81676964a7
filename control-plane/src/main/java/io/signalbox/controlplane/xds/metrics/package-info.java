/**
 * Takes what proxies count and measure.
 */
@NullMarked
package io.signalbox.controlplane.xds.metrics;

import org.jspecify.annotations.NullMarked;
