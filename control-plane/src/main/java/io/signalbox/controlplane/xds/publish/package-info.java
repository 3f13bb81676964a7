/**
 * Protos to snapshots: encoded once, versioned by content.
 */
@NullMarked
package io.signalbox.controlplane.xds.publish;

import org.jspecify.annotations.NullMarked;
