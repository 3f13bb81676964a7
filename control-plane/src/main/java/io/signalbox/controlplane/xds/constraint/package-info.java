/**
 * The constraints that Envoy's own messages carry, checked as Envoy checks them when it gets a resource.
 */
@NullMarked
package io.signalbox.controlplane.xds.constraint;

import org.jspecify.annotations.NullMarked;
