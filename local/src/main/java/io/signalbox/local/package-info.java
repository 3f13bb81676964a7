/** Runs the parts of Signalbox, Envoys, Postgres and echo backends on this machine, for quickstart, conformance, benchmarks and tests. */
@NullMarked
package io.signalbox.local;

import org.jspecify.annotations.NullMarked;
