/**
 * The words that all of the xDS side share.
 */
@NullMarked
package io.signalbox.controlplane.xds;

import org.jspecify.annotations.NullMarked;
