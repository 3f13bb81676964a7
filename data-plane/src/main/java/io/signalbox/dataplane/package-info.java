/** The reference data plane. */
@NullMarked
package io.signalbox.dataplane;

import org.jspecify.annotations.NullMarked;
