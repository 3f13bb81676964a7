/** Alerts: what becomes of canaries, derived from the history, and taken to webhooks. */
@NullMarked
package io.signalbox.controlplane.alert;

import org.jspecify.annotations.NullMarked;
