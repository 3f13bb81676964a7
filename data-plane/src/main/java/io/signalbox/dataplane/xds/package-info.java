/** The ADS client, delta protocol. */
@NullMarked
package io.signalbox.dataplane.xds;

import org.jspecify.annotations.NullMarked;
