/**
 * Envoy's routing decision as a pure library: a RouteConfiguration and a request in, a decision out. No I/O, no clock, no
 * random source; tables are immutable and may be shared between threads.
 */
@NullMarked
package io.signalbox.routing;

import org.jspecify.annotations.NullMarked;
