/**
 * Postgres. One transaction is rows, history, revision and notification. The only place with SQL.
 */
@NullMarked
package io.signalbox.controlplane.store;

import org.jspecify.annotations.NullMarked;
