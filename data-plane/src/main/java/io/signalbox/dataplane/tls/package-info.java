/** TLS towards clients: which certificate for which name. */
@NullMarked
package io.signalbox.dataplane.tls;

import org.jspecify.annotations.NullMarked;
