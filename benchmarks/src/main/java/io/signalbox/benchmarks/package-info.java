/** Benchmarks. */
@NullMarked
package io.signalbox.benchmarks;

import org.jspecify.annotations.NullMarked;
