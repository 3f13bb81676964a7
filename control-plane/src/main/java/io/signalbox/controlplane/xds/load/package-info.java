/**
 * Takes the load reports of proxies.
 */
@NullMarked
package io.signalbox.controlplane.xds.load;

import org.jspecify.annotations.NullMarked;
