/**
 * Main, configuration and wiring: the only place that creates collaborators.
 */
@NullMarked
package io.signalbox.controlplane.app;

import org.jspecify.annotations.NullMarked;
