/**
 * Benchmarks of the whole system: a control plane on a real Postgres, a proxy and clients, all on this machine. They
 * show effects and ratios; what a machine can do at most is for load generators on other machines.
 */
@NullMarked
package io.signalbox.benchmarks;

import org.jspecify.annotations.NullMarked;
