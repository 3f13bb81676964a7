/** Connections whose bytes are passed on as they are. */
@NullMarked
package io.signalbox.dataplane.tcp;

import org.jspecify.annotations.NullMarked;
