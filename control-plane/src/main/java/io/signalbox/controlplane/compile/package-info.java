/**
 * Model to resolved config: references resolved, defaults filled, order fixed. Pure.
 */
@NullMarked
package io.signalbox.controlplane.compile;

import org.jspecify.annotations.NullMarked;
