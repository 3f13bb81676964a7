/**
 * Asking a Prometheus: one query, one number, or why there is none.
 */
@NullMarked
package io.signalbox.controlplane.prometheus;

import org.jspecify.annotations.NullMarked;
