/** An Envoy bootstrap file, read. */
@NullMarked
package io.signalbox.dataplane.bootstrap;

import org.jspecify.annotations.NullMarked;
