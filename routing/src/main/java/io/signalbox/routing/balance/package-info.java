/**
 * Envoy's consistent hashing as pure tables: the same hosts and the same hash lead to the same host. No I/O, no clock, no
 * random source.
 */
@NullMarked
package io.signalbox.routing.balance;

import org.jspecify.annotations.NullMarked;
