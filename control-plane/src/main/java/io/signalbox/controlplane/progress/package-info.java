/**
 * Canaries on their way: what each action makes of the config.
 */
@NullMarked
package io.signalbox.controlplane.progress;

import org.jspecify.annotations.NullMarked;
