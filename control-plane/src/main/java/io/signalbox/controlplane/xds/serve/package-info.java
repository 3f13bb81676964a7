/**
 * ADS streams, SotW and delta: what each node has, what it may get next, what it refused.
 */
@NullMarked
package io.signalbox.controlplane.xds.serve;

import org.jspecify.annotations.NullMarked;
