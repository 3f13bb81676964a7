/**
 * What publishing a config would do, found out before the config is committed.
 */
@NullMarked
package io.signalbox.controlplane.rehearse;

import org.jspecify.annotations.NullMarked;
