/**
 * The only writer: one use case a class.
 */
@NullMarked
package io.signalbox.controlplane.change;

import org.jspecify.annotations.NullMarked;
