/**
 * The admin API: HTTP to use cases and back. No SQL, no rules.
 */
@NullMarked
package io.signalbox.controlplane.rest;

import org.jspecify.annotations.NullMarked;
