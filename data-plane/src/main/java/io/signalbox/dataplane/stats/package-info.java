/** What is counted and measured, under the names that Envoy gives it. */
@NullMarked
package io.signalbox.dataplane.stats;

import org.jspecify.annotations.NullMarked;
