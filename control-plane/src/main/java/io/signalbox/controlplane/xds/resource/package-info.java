/**
 * Resolved config to Envoy protos. Pure.
 */
@NullMarked
package io.signalbox.controlplane.xds.resource;

import org.jspecify.annotations.NullMarked;
