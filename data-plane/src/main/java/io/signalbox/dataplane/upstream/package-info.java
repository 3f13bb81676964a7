/** Towards the backends: load balancing, connection pools, one exchange with a backend. Confined to event loops. */
@NullMarked
package io.signalbox.dataplane.upstream;

import org.jspecify.annotations.NullMarked;
