/**
 * One thread: new revision, compile, publish.
 */
@NullMarked
package io.signalbox.controlplane.reconcile;

import org.jspecify.annotations.NullMarked;
