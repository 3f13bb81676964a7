/**
 * The stored truth as records: what users configure, checked only for what makes a value impossible to represent.
 * What makes a value unwise or contradictory is found by {@code validation}, which answers with all violations at once.
 *
 * <p>Everything here is immutable, compares by value and may be shared between threads. Nothing here knows JSON, SQL or
 * protos.
 */
@NullMarked
package io.signalbox.controlplane.model;

import org.jspecify.annotations.NullMarked;
