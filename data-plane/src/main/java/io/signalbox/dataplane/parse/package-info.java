/** The parsing edge: Envoy protos in, records of {@code config} out. What would change behaviour and is not known here is refused by name. */
@NullMarked
package io.signalbox.dataplane.parse;

import org.jspecify.annotations.NullMarked;
