/** Looks for requests that two planes of one configuration do not treat alike. */
@NullMarked
package io.signalbox.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
