/**
 * Whether a canary does as well as the stable pool: statistics over counts of requests and errors. Pure.
 */
@NullMarked
package io.signalbox.controlplane.judge;

import org.jspecify.annotations.NullMarked;
