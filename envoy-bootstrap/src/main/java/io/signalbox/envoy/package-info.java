/** Envoy bootstraps and Envoy binaries. */
@NullMarked
package io.signalbox.envoy;

import org.jspecify.annotations.NullMarked;
